import type { z } from 'zod';
import { wholeEventSchema } from '../envelope.ts';
import { isProblemCode, type Problem, type ProblemCode } from '../problem.ts';
import { type EventName, isEventName, nearName } from '../vocabulary.ts';
import { findReservedKeys } from './find-reserved-keys.ts';
import { toPointer } from './pointer.ts';

type Issue = z.core.$ZodIssue;

/** So many problems of one item are told; whoever sends more has to begin somewhere. */
const maxProblems = 16;

const schemas = new Map<EventName, z.ZodType>();

/** Says in words and pointers why an item is refused; slow, and only asked once it is. Empty where zod finds nothing. */
export function explainRefusal(value: unknown): Problem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ code: 'not_an_object', pointer: '', detail: 'an event is a JSON object' }];
  }
  const eventName: unknown = Reflect.get(value, 'eventName');
  if (!isEventName(eventName)) return [explainName(eventName)];
  const parsed = schemaOf(eventName).safeParse(value);
  const issues = parsed.success ? [] : parsed.error.issues;
  const problems = [...findReservedKeys(value), ...issues.flatMap((issue) => toProblems(issue, value))];
  return withoutRepeats(problems).slice(0, maxProblems);
}

function schemaOf(eventName: EventName): z.ZodType {
  const schema = schemas.get(eventName) ?? wholeEventSchema(eventName);
  schemas.set(eventName, schema);
  return schema;
}

function explainName(eventName: unknown): Problem {
  const pointer = '/eventName';
  if (eventName === undefined) return { code: 'missing_field', pointer, detail: 'is required' };
  if (typeof eventName !== 'string') return { code: 'wrong_type', pointer, detail: 'must be a string' };
  const near = nearName(eventName);
  const detail = near ? `is no known event; did you mean ${near}?` : 'is no known event';
  return { code: 'unknown_event_name', pointer, detail };
}

function withoutRepeats(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, pointer }) => {
    const key = `${code} ${pointer}`;
    return !seen.has(key) && seen.add(key);
  });
}

function toProblems(issue: Issue, root: unknown): Problem[] {
  const pointer = toPointer(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, maxProblems)
        .map((key) => problem('unknown_field', toPointer([...issue.path, key]), 'is not a field of this event'));
    case 'invalid_union':
      return toUnionProblems(issue, pointer, root);
    case 'invalid_type':
      return [explainType(issue, pointer, root)];
    case 'too_small':
    case 'too_big':
      return [explainSize(issue, pointer)];
    case 'custom':
      return [problem(customCode(issue.params), pointer, issue.message)];
    case 'invalid_value':
      return [explainValue(issue, pointer, root)];
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return [problem('invalid_value', pointer, issue.message)];
  }
}

function problem(code: ProblemCode, pointer: string, detail: string): Problem {
  return { code, pointer, detail };
}

function customCode(params: Record<string, unknown> | undefined): ProblemCode {
  const code = params?.['code'];
  return isProblemCode(code) ? code : 'invalid_value';
}

/** Of the two spellings of a time, only the one that has the value's type has something to say. */
function toUnionProblems(issue: z.core.$ZodIssueInvalidUnion, pointer: string, root: unknown): Problem[] {
  const value = valueAt(root, issue.path);
  if (value === undefined) return [problem('missing_field', pointer, 'is required')];
  const telling = issue.errors.find(([first]) => first !== undefined && first.code !== 'invalid_type');
  // JSON writes it 1e999, and then it is a number, only none that any time has.
  if (!telling && typeof value === 'number') return [problem('timestamp_out_of_range', pointer, 'must be finite')];
  if (!telling) return [problem('wrong_type', pointer, 'must be a string or a number')];
  return telling.flatMap((inner) => toProblems({ ...inner, path: [...issue.path, ...inner.path] }, root));
}

function explainType(issue: z.core.$ZodIssueInvalidType, pointer: string, root: unknown): Problem {
  const value = valueAt(root, issue.path);
  if (value === undefined) return problem('missing_field', pointer, 'is required');
  if (typeof value !== 'number') return problem('wrong_type', pointer, `must be ${named(issue.expected)}`);
  if (issue.expected === 'int') return problem('not_whole', pointer, 'must be a whole number');
  if (issue.expected === 'number') return problem('out_of_range', pointer, 'must be a finite number');
  return problem('wrong_type', pointer, `must be ${named(issue.expected)}`);
}

function named(expected: string): string {
  if (expected === 'int') return 'a whole number';
  if (expected === 'record' || expected === 'object') return 'an object';
  return expected === 'array' ? 'a list' : `a ${expected}`;
}

function explainSize(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall, pointer: string): Problem {
  const isList = issue.origin === 'array';
  const [code, bound] =
    issue.code === 'too_big'
      ? ([isList ? 'too_many' : 'out_of_range', `at most ${issue.maximum}`] as const)
      : ([isList ? 'too_few' : 'out_of_range', `at least ${issue.minimum}`] as const);
  return problem(code, pointer, isList ? `must have ${bound} entries` : `must be ${bound}`);
}

function explainValue(issue: z.core.$ZodIssueInvalidValue, pointer: string, root: unknown): Problem {
  const value = valueAt(root, issue.path);
  if (value === undefined) return problem('missing_field', pointer, 'is required');
  if (typeof value !== 'string') return problem('wrong_type', pointer, 'must be a string');
  return problem('invalid_value', pointer, `must be one of ${issue.values.map(String).join(', ')}`);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? Reflect.get(value, key) : undefined), root);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

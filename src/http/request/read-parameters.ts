import { z } from 'zod';
import { type ProblemDetail, problem } from '../problem.ts';
import { escapePointer, explainIssues } from './explain-issues.ts';

type Texts = Readonly<Record<string, string>>;
type ReadText = (text: string) => unknown;

/** Path parameters, checked. The overloads tie the value's type to the schema, `{}` where there is none. */
export function readPathParams<P extends z.ZodObject>(schema: P | undefined): (params: Texts) => z.output<P>;
export function readPathParams(schema: z.ZodObject | undefined): (params: Texts) => unknown {
  const check = checkTexts(schema, 'path');
  return (params) => check(Object.entries(params));
}

/** The query, checked: unknown and repeated parameters are refused by name before any value is looked at. */
export function readQuery<Q extends z.ZodObject>(schema: Q | undefined): (search: string) => z.output<Q>;
export function readQuery(schema: z.ZodObject | undefined): (search: string) => unknown {
  const check = checkTexts(schema, 'query');
  const known = new Set(Object.keys(schema?.shape ?? {}));
  return (search) => {
    const pairs = [...new URLSearchParams(search)];
    refuseNames(pairs, known);
    return check(pairs);
  };
}

function refuseNames(pairs: ReadonlyArray<readonly [string, string]>, known: ReadonlySet<string>): void {
  const seen = new Set<string>();
  const errors: ProblemDetail[] = [];
  for (const [name] of pairs) {
    const pointer = `/query/${escapePointer(name)}`;
    if (!known.has(name)) errors.push({ pointer, code: 'unknown_parameter', message: `There is no "${name}" here.` });
    else if (seen.has(name)) errors.push({ pointer, code: 'repeated_parameter', message: `"${name}" came twice.` });
    seen.add(name);
  }
  const first = errors[0];
  if (first !== undefined)
    throw problem(400, first.code, knownNames(first.message, known), { errors: errors.slice(0, 20) });
}

function knownNames(message: string, known: ReadonlySet<string>): string {
  return known.size === 0 ? `${message} This route takes no query.` : `${message} Known: ${[...known].join(', ')}.`;
}

function checkTexts(schema: z.ZodObject | undefined, place: 'path' | 'query') {
  if (schema === undefined) return () => ({});
  const readers = new Map(Object.entries(schema.shape).map(([name, field]) => [name, textReader(field)]));
  return (pairs: ReadonlyArray<readonly [string, string]>): unknown => {
    const values = Object.fromEntries(pairs.map(([name, text]) => [name, readers.get(name)?.(text) ?? text]));
    const checked = schema.safeParse(values);
    if (checked.success) return checked.data;
    const errors = explainIssues(checked.error, `/${place}`);
    const first = errors[0];
    throw problem(400, 'invalid_parameter', `${first?.pointer ?? ''}: ${first?.message ?? 'not valid'}`, { errors });
  };
}

/** Schemas say what a parameter means (`z.number()`); the address carries text, which is turned into that here. */
function textReader(field: z.core.$ZodType): ReadText {
  const { type } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' });
  if (type === 'integer' || type === 'number') return readNumber;
  if (type === 'boolean') return (text) => (text === 'true' ? true : text === 'false' ? false : text);
  return (text) => text;
}

// Plain decimals only: Number() would also take '', ' 5', '0x10' and '1e3'.
function readNumber(text: string): number {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
}

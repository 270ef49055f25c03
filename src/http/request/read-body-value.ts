import type { z } from 'zod';
import { problem } from '../problem.ts';
import type { BodyRule, BodyValue, JsonBodyRule } from './body-rule.ts';
import { explainIssues } from './explain-issues.ts';
import type { RequestValue } from './request-value.ts';

const jsonDefaults = { maxBytes: 1_000_000, timeoutMs: 30_000 };

type ReadBody<T> = (request: RequestValue) => Promise<T>;

/** How a route's body is read; the overload ties the value's type to the rule, which a generic body cannot prove. */
export function readBodyValue<B extends BodyRule | undefined>(rule: B | undefined): ReadBody<BodyValue<B>>;
export function readBodyValue(rule: BodyRule | undefined): ReadBody<unknown> {
  if (rule === undefined) return async () => undefined;
  if (rule.kind === 'raw') return (request) => request.receive(rule);
  return (request) => readJson(rule, request);
}

async function readJson(rule: JsonBodyRule, request: RequestValue): Promise<unknown> {
  const maxBytes = rule.maxBytes ?? jsonDefaults.maxBytes;
  const { bytes } = await request.receive({
    contentTypes: ['application/json'],
    maxBytes,
    maxCompressedBytes: maxBytes,
    timeoutMs: rule.timeoutMs ?? jsonDefaults.timeoutMs,
  });
  return checkJson(rule.schema, parseJson(bytes));
}

function checkJson(schema: z.ZodType, value: unknown): unknown {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  throw problem(400, 'invalid_body', 'The body does not fit this route.', { errors: explainIssues(checked.error, '') });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (fault) {
    const reason = fault instanceof SyntaxError ? fault.message : 'it is not UTF-8';
    throw problem(400, 'invalid_json', `The body is not JSON: ${reason}`);
  }
}

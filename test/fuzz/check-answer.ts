import { z } from 'zod';
import type { ApiDocument, JsonSchema, Operation } from './read-document.ts';

export type SeenAnswer = {
  status: number;
  contentType: string | undefined;
  requestId: string | undefined;
  body: Buffer;
  isHead: boolean;
};

export type AnswerCheck = (operation: Operation | undefined, answer: SeenAnswer) => string | undefined;

/** What is wrong with an answer by the service's own document; undefined where nothing is. */
export function answerChecker(document: ApiDocument): AnswerCheck {
  const validate = schemaChecker(document.schemas);
  const problem: JsonSchema = { $ref: '#/components/schemas/Problem' };
  return (operation, answer) => {
    const { status, contentType, requestId, body, isHead } = answer;
    if (requestId === undefined) return 'it has no x-request-id';
    if (status >= 500) return `it is a ${status}: ${body.toString().slice(0, 500)}`;
    // Where no operation stands at that address or by that method, nothing but a problem can be said.
    const reply = operation === undefined ? unlisted(status, problem) : operation.replies.get(status);
    if (reply === undefined) return `the status ${status} is not documented`;
    const [mediaType = ''] = (contentType ?? '').split(';');
    if (reply.size === 0) return body.length === 0 ? undefined : `a ${status} has a body, which is not documented`;
    if (!reply.has(mediaType)) return `a ${status} has the type "${mediaType}", which is not documented`;
    if (isHead) return body.length === 0 ? undefined : 'the answer to HEAD has a body';
    return checkBody(answer, mediaType, reply.get(mediaType), validate);
  };
}

function unlisted(status: number, problem: JsonSchema): ReadonlyMap<string, JsonSchema | undefined> | undefined {
  const refusals = [400, 404, 405, 414, 429, 431];
  if (status === 204) return new Map();
  return refusals.includes(status) ? new Map([['application/problem+json', problem]]) : undefined;
}

const withStatus = z.looseObject({ status: z.number() });

function checkBody(
  { status, body }: SeenAnswer,
  mediaType: string,
  schema: JsonSchema | undefined,
  validate: SchemaCheck,
): string | undefined {
  if (!/^application\/(?:[\w.-]+\+)?json$/.test(mediaType)) return undefined;
  const value = parseJson(body);
  if (value === undefined) return `a ${status} is not JSON: ${body.toString().slice(0, 200)}`;
  if (mediaType === 'application/problem+json') {
    const problem = withStatus.safeParse(value);
    if (!problem.success || problem.data.status !== status) return `the problem of a ${status} says another status`;
  }
  const wrong = schema === undefined ? undefined : validate(schema, value);
  return wrong === undefined ? undefined : `the body of a ${status} does not fit its schema: ${wrong}`;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

type SchemaCheck = (schema: JsonSchema, value: unknown) => string | undefined;

/** Reads the document's schemas back into checks, so that what is judged is what clients are told and not the code's own schema. */
function schemaChecker(schemas: Readonly<Record<string, JsonSchema>>): SchemaCheck {
  const checks = new Map<JsonSchema, z.ZodType>();
  const definitions = moveReferences(schemas);
  return (schema, value) => {
    const known = checks.get(schema);
    const check = known ?? z.fromJSONSchema({ ...moveReferences(schema), $defs: definitions });
    if (known === undefined) checks.set(schema, check);
    const parsed = check.safeParse(value);
    return parsed.success ? undefined : z.prettifyError(parsed.error);
  };
}

/** OpenAPI keeps its definitions elsewhere than a schema that stands alone. */
function moveReferences(json: object): Record<string, Record<string, unknown>> {
  const text = JSON.stringify(json).replaceAll('"#/components/schemas/', '"#/$defs/');
  return z.record(z.string(), z.any()).parse(JSON.parse(text));
}

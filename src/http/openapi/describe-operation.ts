import { z } from 'zod';
import type { ReplyRule } from '../reply/reply.ts';
import { isJson, isRevalidated } from '../reply/revalidate.ts';
import type { BodyRule } from '../request/body-rule.ts';
import type { MountedRoute } from '../route.ts';
import { generalReplies, notModifiedReference } from './general-replies.ts';
import type { Json, SchemaComponents } from './schema-components.ts';

const problemReference = { $ref: '#/components/responses/Problem' };

/** One route as an OpenAPI operation. */
export function describeOperation(route: MountedRoute, components: SchemaComponents): Json {
  const { operationId, summary, description, tags, scope } = route;
  const parameters = [
    ...parametersOf(route.params, 'path', components),
    ...parametersOf(route.query, 'query', components),
  ];
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [...tags],
    'x-scope': scope,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: describeBody(route.body, components) }),
    responses: describeReplies(route, components),
  };
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query', components: SchemaComponents): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    if (!(field instanceof z.ZodType)) throw new Error(`parameter ${name} is not a schema`);
    const { description, ...shape } = components.convert(field, 'input');
    return {
      name,
      in: place,
      required: place === 'path' || !field.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: asInAddress(shape),
    };
  });
}

/** No address holds a control character, whatever its parameter would take. */
function asInAddress(shape: Json): Json {
  const isFreeText =
    shape['type'] === 'string' && !['enum', 'const', 'format', 'pattern'].some((name) => name in shape);
  return isFreeText ? { ...shape, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' } : shape;
}

function describeBody(rule: BodyRule, components: SchemaComponents): Json {
  if (rule.kind === 'json') {
    return { required: true, content: { 'application/json': { schema: components.convert(rule.schema, 'input') } } };
  }
  const content = rule.contentTypes.map((contentType) => {
    const documented = rule.documents?.[contentType];
    return [contentType, documented === undefined ? {} : { schema: components.convert(documented, 'input') }];
  });
  return { required: true, content: Object.fromEntries(content) };
}

function describeReplies(route: MountedRoute, components: SchemaComponents): Json {
  const replies = Object.entries(route.replies).map(([status, rule]) => [
    status,
    describeReply(Number(status), rule, components),
  ]);
  const general = generalReplies(route.replies, route.body !== undefined);
  const unchanged = carriesTag(route) ? { 304: notModifiedReference } : {};
  return { ...Object.fromEntries(replies), ...unchanged, ...general, default: problemReference };
}

/** Answers that are JSON in any case; those that have other forms as well are streamed, and bear no mark. */
function carriesTag({ method, path, replies }: MountedRoute): boolean {
  const types = replies[200] === undefined ? [] : mediaTypesOf(replies[200], 200);
  return isRevalidated(method, path) && types.length > 0 && types.every(isJson);
}

function describeReply(status: number, rule: ReplyRule, components: SchemaComponents): Json {
  const { description, schema, example } = rule;
  const headers = Object.entries(rule.headers ?? {}).map(([name, text]) => [
    name,
    { description: text, schema: { type: 'string' } },
  ]);
  const types = mediaTypesOf(rule, status);
  const media = (contentType: string): Json => {
    const isProblem = schema === undefined && contentType === 'application/problem+json';
    if (isProblem) return { schema: { $ref: '#/components/schemas/Problem' } };
    if (schema === undefined || !isJson(contentType)) return {};
    return { schema: components.convert(schema, 'output'), ...(example === undefined ? {} : { example }) };
  };
  return {
    description,
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    ...(types.length === 0 ? {} : { content: Object.fromEntries(types.map((type) => [type, media(type)])) }),
  };
}

function mediaTypesOf({ schema, contentType = [] }: ReplyRule, status: number): string[] {
  const named = typeof contentType === 'string' ? [contentType] : [...contentType];
  if (schema !== undefined) return named.some(isJson) ? named : ['application/json', ...named];
  return named.length === 0 && status >= 400 ? ['application/problem+json'] : named;
}

import { z } from 'zod';

/** A JSON Schema as the document has it: whatever keywords it carries. */
export type JsonSchema = { readonly [keyword: string]: unknown };

const JsonSchema = z.record(z.string(), z.unknown());
const Content = z.record(z.string(), z.looseObject({ schema: JsonSchema.optional() }));
const Response = z.looseObject({ $ref: z.string().optional(), content: Content.optional() });
const Parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query']),
  required: z.boolean(),
  schema: JsonSchema,
});
const Operation = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(Parameter).default([]),
  requestBody: z.looseObject({ content: Content }).optional(),
  responses: z.record(z.string(), Response),
});
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), JsonSchema),
    responses: z.record(z.string(), Response),
  }),
});

export type Parameter = z.output<typeof Parameter>;

/** The media types that a status may carry, each with its schema where it has one; empty where there is no body. */
export type DocumentedReply = ReadonlyMap<string, JsonSchema | undefined>;

export type Operation = {
  operationId: string;
  method: string;
  path: string;
  tags: readonly string[];
  parameters: readonly Parameter[];
  /** By media type. */
  bodies: ReadonlyMap<string, JsonSchema | undefined>;
  /** By status. The document's `default` is left out: it would let everything through. */
  replies: ReadonlyMap<number, DocumentedReply>;
};

export type ApiDocument = { operations: readonly Operation[]; schemas: Readonly<Record<string, JsonSchema>> };

export async function readDocument(url: string): Promise<ApiDocument> {
  const response = await fetch(`${url}/v1/openapi.json`);
  const { paths, components } = Document.parse(await response.json());
  const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({
      operationId: operation.operationId,
      method: method.toUpperCase(),
      path,
      tags: operation.tags,
      parameters: operation.parameters,
      bodies: schemasOf(operation.requestBody?.content),
      replies: repliesOf(operation.responses, components.responses),
    })),
  );
  return { operations, schemas: components.schemas };
}

type Responses = z.output<typeof Operation>['responses'];

function repliesOf(responses: Responses, shared: Responses): Map<number, DocumentedReply> {
  const numbered = Object.entries(responses).filter(([status]) => status !== 'default');
  return new Map(
    numbered.map(([status, response]) => {
      const found = response.$ref === undefined ? response : shared[response.$ref.split('/').at(-1) ?? ''];
      return [Number(status), schemasOf(found?.content)];
    }),
  );
}

function schemasOf(content: z.output<typeof Content> | undefined): Map<string, JsonSchema | undefined> {
  return new Map(Object.entries(content ?? {}).map(([type, { schema }]) => [type, schema]));
}

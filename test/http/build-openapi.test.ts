import { z } from 'zod';
import { listBody, listQuery } from '../../src/http/list-body.ts';
import { buildOpenapi } from '../../src/http/openapi/build-openapi.ts';
import { mount, route } from '../../src/http/route.ts';
import { exampleRoutes } from './example-routes.ts';

const Reference = z.object({ $ref: z.string() });
const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query']),
  required: z.boolean(),
  schema: z.looseObject({}),
});
const Content = z.record(
  z.string(),
  z.object({ schema: z.looseObject({}).optional(), example: z.unknown().optional() }),
);
const Response = z.object({
  description: z.string().min(1),
  content: Content.optional(),
  headers: z.looseObject({}).optional(),
});
const Operation = z.strictObject({
  operationId: z.string(),
  summary: z.string().min(1),
  description: z.string().optional(),
  tags: z.array(z.string()).min(1),
  'x-scope': z.string(),
  parameters: z.array(Parameter).optional(),
  requestBody: z.object({ required: z.literal(true), content: Content }).optional(),
  responses: z.record(z.string().regex(/^(\d{3}|default)$/), z.union([Reference, Response])),
});
const Document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  tags: z.array(z.object({ name: z.string() })),
  paths: z.record(
    z.string().startsWith('/'),
    z.record(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation.optional()),
  ),
  components: z.object({ schemas: z.record(z.string(), z.looseObject({})), responses: z.record(z.string(), Response) }),
});

const Node = z
  .object({
    id: z.string(),
    get children() {
      return z.array(Node);
    },
  })
  .meta({ id: 'ExampleNode' });
const Preset = z.object({ size: z.number().default(3) }).meta({ id: 'ExamplePreset' });
const more = route<object>()({
  method: 'POST',
  path: '/v1/nodes',
  operationId: 'addNode',
  scope: 'posts:write',
  tags: ['nodes'],
  summary: 'Adds a node.',
  query: z.object({ ...listQuery, at: z.iso.datetime().optional(), sort: z.enum(['a', 'b']) }),
  body: { kind: 'json', schema: Preset },
  replies: {
    200: { description: 'All of them.', schema: listBody(Node) },
    201: { description: 'The preset.', schema: Preset },
  },
  answer: (_deps, { body }) => ({ status: 201, body }),
});

const build = () =>
  Document.parse(buildOpenapi([...exampleRoutes(), ...mount([more], {})], { title: 'Example', version: '1' }));

test('the document has the structure of OpenAPI 3.1', () => {
  const document = build();
  expect(Object.keys(document.paths)).toContain('/v1/posts/{postId}');
  expect(document.tags.map(({ name }) => name)).toEqual(['posts', 'events', 'nodes']);
});

test('every reference leads somewhere', () => {
  const document = build();
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((found) => found[1] ?? '');
  expect(references.length).toBeGreaterThan(10);
  for (const reference of references) {
    const [hash, area, kind, name = ''] = reference.split('/');
    expect([hash, area]).toEqual(['#', 'components']);
    expect(Object.keys(kind === 'schemas' ? document.components.schemas : document.components.responses)).toContain(
      name,
    );
  }
  expect(text).not.toContain('$defs');
  expect(text).not.toContain('$schema');
});

test('path parameters of the address and of the operation are the same', () => {
  for (const [path, operations] of Object.entries(build().paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
    for (const operation of Object.values(operations).filter((value) => value !== undefined)) {
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(described.map(({ name }) => name)).toEqual(inPath);
      expect(described.every(({ required }) => required)).toBe(true);
    }
  }
});

test('parameters carry their type, default and whether they are needed', () => {
  const parameters = build().paths['/v1/nodes']?.post?.parameters ?? [];
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  expect(byName.get('limit')).toMatchObject({
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
  });
  expect(byName.get('sort')).toMatchObject({ required: true, schema: { enum: ['a', 'b'] } });
  expect(byName.get('at')).toMatchObject({ required: false, schema: { format: 'date-time' } });
});

test('a schema that differs as input and output is described twice', () => {
  const { schemas } = build().components;
  expect(schemas['ExamplePreset']).not.toEqual(schemas['ExamplePresetInput'] ?? schemas['ExamplePresetOutput']);
  expect(Object.keys(schemas).filter((name) => name.startsWith('ExamplePreset'))).toHaveLength(2);
  expect(schemas['ExampleNode']).toMatchObject({
    properties: { children: { items: { $ref: '#/components/schemas/ExampleNode' } } },
  });
});

test('a status from 400 on is a problem, and so is every status that is not described', () => {
  const responses = build().paths['/v1/posts/{postId}/path']?.get?.responses;
  expect(responses?.['404']).toMatchObject({
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  expect(responses?.['default']).toEqual({ $ref: '#/components/responses/Problem' });
});

test('what any route may answer is listed with each, beside its own', () => {
  const { paths, components } = build();
  const answers = paths['/v1/nodes']?.post?.responses ?? {};
  expect(Object.keys(answers)).toEqual(
    expect.arrayContaining(['200', '201', '400', '413', '415', '431', '503', 'default']),
  );
  expect(answers['413']).toEqual({ $ref: '#/components/responses/Problem413' });
  expect(Object.keys(paths['/v1/posts/{postId}']?.get?.responses ?? {})).not.toContain('413');
  expect(components.responses['Problem413']?.content).toEqual({
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  });
});

test('304 is described where an answer carries a mark: JSON that is read, and not streamed', () => {
  const { paths, components } = build();
  const unchanged = (path: string) => paths[path]?.get?.responses['304'];
  expect(unchanged('/v1/posts/{postId}')).toEqual({ $ref: '#/components/responses/NotModified' });
  expect(components.responses['NotModified']).not.toHaveProperty('content');
  expect(unchanged('/v1/numbers')).toBeUndefined();
  expect(paths['/v1/nodes']?.post?.responses).not.toHaveProperty('304');
});

test('free text in an address is said to hold no control character', () => {
  const byName = new Map(
    (build().paths['/v1/nodes']?.post?.parameters ?? []).map(({ name, schema }) => [name, schema]),
  );
  expect(byName.get('cursor')?.['pattern']).toBe('^[^\\u0000-\\u001f\\u007f-\\u009f]*$');
  expect(byName.get('sort')).not.toHaveProperty('pattern');
  expect(byName.get('limit')).not.toHaveProperty('pattern');
});

test('three shapes of one name do not build', () => {
  const named = (field: string) =>
    route<object>()({
      method: 'GET',
      path: `/v1/${field}`,
      operationId: field,
      scope: 'posts:read',
      tags: ['posts'],
      summary: 'x',
      replies: {
        200: {
          description: 'x',
          schema: z.object({ inner: z.object({ [field]: z.string() }).meta({ id: 'ExampleTwin' }) }),
        },
      },
      answer: (_deps) => ({ status: 200, body: { inner: { [field]: '' } } }),
    });
  const routes = mount([named('one'), named('two'), named('three')], {});
  expect(() => buildOpenapi(routes, { title: 'x', version: '1' })).toThrow('ExampleTwin');
});

import { answerChecker, type SeenAnswer } from './check-answer.ts';
import type { ApiDocument, JsonSchema, Operation } from './read-document.ts';

const schemas: Record<string, JsonSchema> = {
  Thing: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      inner: { anyOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'null' }] },
    },
    required: ['name'],
    additionalProperties: false,
  },
  Problem: {
    type: 'object',
    properties: { status: { type: 'integer' } },
    required: ['status'],
    additionalProperties: {},
  },
};
const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const operation: Operation = {
  operationId: 'readThing',
  method: 'GET',
  path: '/thing',
  tags: ['things'],
  parameters: [],
  bodies: new Map(),
  replies: new Map([
    [200, new Map([['application/json', reference('Thing')]])],
    [204, new Map()],
    [404, new Map([['application/problem+json', reference('Problem')]])],
  ]),
};
const document: ApiDocument = { operations: [operation], schemas };
const check = answerChecker(document);

function answer(status: number, body: unknown, fields: Partial<SeenAnswer> = {}): SeenAnswer {
  const contentType = status >= 400 ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8';
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
  return { status, contentType, requestId: 'r', body: bytes, isHead: false, ...fields };
}

test.each([
  ['a fitting body', answer(200, { name: 'a', inner: { name: 'b', inner: null } })],
  ['no body', answer(204, undefined)],
  ['a problem', answer(404, { status: 404, more: [1] })],
  ['an answer to HEAD', answer(200, undefined, { isHead: true })],
])('%s is let through', (_name, seen) => {
  expect(check(operation, seen)).toBeUndefined();
});

// A judge that lets everything through would make the fuzz worth nothing.
test.each([
  ['a fault', answer(500, { status: 500 }), '500'],
  ['a status that is not documented', answer(201, { name: 'a' }), '201 is not documented'],
  ['another type', answer(200, { name: 'a' }, { contentType: 'text/html' }), 'text/html'],
  ['no type', answer(200, { name: 'a' }, { contentType: undefined }), 'type ""'],
  ['a missing field', answer(200, {}), 'name'],
  ['a field of another type', answer(200, { name: 1 }), 'name'],
  ['a field too many', answer(200, { name: 'a', more: 1 }), 'more'],
  ['a wrong field below a reference', answer(200, { name: 'a', inner: { name: 1 } }), 'fit its schema'],
  ['a body where none is documented', answer(204, { a: 1 }), 'has a body'],
  ['a problem that says another status', answer(404, { status: 400 }), 'another status'],
  ['half a body', answer(200, undefined, { body: Buffer.from('{"name":') }), 'not JSON'],
  ['a body of HEAD', answer(200, { name: 'a' }, { isHead: true }), 'HEAD'],
  ['no number to ask after it', answer(200, { name: 'a' }, { requestId: undefined }), 'x-request-id'],
])('%s is caught', (_name, seen, words) => {
  expect(check(operation, seen)).toContain(words);
});

test('where no operation stands, only a problem that says so is let through', () => {
  expect(check(undefined, answer(404, { status: 404 }))).toBeUndefined();
  expect(check(undefined, answer(200, { name: 'a' }))).toContain('200 is not documented');
});

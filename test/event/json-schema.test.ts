import { z } from 'zod';
import { documentedEvents, eventJsonSchema } from '../../src/event/json-schema.ts';
import { eventNames } from '../../src/event/vocabulary.ts';

test.each(eventNames)('%s: a closed schema of draft 2020-12 with its envelope', (eventName) => {
  const schema = JSON.parse(JSON.stringify(eventJsonSchema(eventName)));
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: eventName,
    type: 'object',
    additionalProperties: false,
    properties: {
      eventName: { const: eventName },
      eventId: { minLength: 1, maxLength: 128 },
      data: { type: 'object', additionalProperties: false },
      metadata: { type: 'object', additionalProperties: false },
    },
  });
  expect(schema.required).toEqual(expect.arrayContaining(['eventId', 'eventName', 'timestamp']));
});

test('the person is required but of machines, the data where a field of it is', () => {
  expect(eventJsonSchema('post_like').required).toEqual(expect.arrayContaining(['userId', 'data']));
  expect(eventJsonSchema('page_view').required).not.toContain('data');
  expect(eventJsonSchema('error_occurred').required).not.toContain('userId');
});

test('says that a field and its alias exclude each other, and that a flag names something', () => {
  expect(eventJsonSchema('post_view').allOf).toEqual([
    { properties: { data: { not: { required: ['viewDuration', 'viewDurationMs'] } } } },
  ]);
  expect(eventJsonSchema('content_flagged').allOf).toEqual([
    { required: ['data'] },
    { properties: { data: { anyOf: [{ required: ['postId'] }, { required: ['targetUserId'] }] } } },
  ]);
});

test('all events for the document: one named schema each, with the same rules', () => {
  const { $defs = {} } = z.toJSONSchema(z.object({ value: documentedEvents() }), { io: 'input' });
  expect(Object.keys($defs)).toHaveLength(eventNames.length + 2);
  expect($defs['PostViewEvent']).toMatchObject({
    properties: { eventName: { const: 'post_view' }, metadata: { $ref: '#/$defs/EventMetadata' } },
    additionalProperties: false,
    allOf: eventJsonSchema('post_view').allOf,
  });
  expect($defs['PageViewEvent']?.required).not.toContain('data');
  expect(JSON.stringify($defs)).not.toContain('"allOf":[]');
});

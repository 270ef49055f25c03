import fc from 'fast-check';
import { z } from 'zod';
import { entryOf, wholeEventSchema } from '../../src/event/envelope.ts';
import { leafOf } from '../../src/event/fields/leaf.ts';
import { type EventName, eventNames } from '../../src/event/vocabulary.ts';

/** Values of which every kind of field takes at least one; each field draws from those it takes. */
const samples: readonly unknown[] = [
  'a',
  'post_1',
  'user 2',
  'ne',
  'en-GB',
  'NP',
  'USA',
  'ios',
  'Instagram',
  'Asia/Kathmandu',
  'Etc/GMT+5',
  'web.2',
  '',
  'é',
  'e\u0301',
  '👩\u200d👧',
  'שלום',
  'a:b',
  'a%3Ab',
  '  ',
  '"quoted"',
  '__proto__',
  '👍'.repeat(128),
  '2026-01-01T12:00:00.000Z',
  '2026-01-01T17:45:00+05:45',
  '2000-01-01T00:00:00z',
  '2024-02-29t23:59:59.123456789-08:00',
  1_767_268_800_000,
  946_684_800_000,
  {},
  { a: 'b', c: '' },
  { 'x.y': '👩\u200d👧' },
];

/** A well-formed event of any name, with any of its optional fields. */
export const arbitraryEvent: fc.Arbitrary<Record<string, unknown>> = fc
  .constantFrom(...eventNames)
  .chain((name) => arbitraryEventOf(name));

/** The same, sent by a client that says nothing of its clock. */
export const arbitraryEventWithoutSentAt = arbitraryEvent.map((event) => without(event, 'sentAt'));

export function without(event: object, field: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== field));
}

function arbitraryEventOf(eventName: EventName): fc.Arbitrary<Record<string, unknown>> {
  const { aliases = {}, needsOneOf = [] } = entryOf(eventName);
  const [subject] = needsOneOf;
  return arbitraryObject(wholeEventSchema(eventName)).map((event) => {
    const data: Record<string, unknown> = { ...z.record(z.string(), z.unknown()).parse(event['data']) };
    for (const [alias, field] of Object.entries(aliases)) if (alias in data) Reflect.deleteProperty(data, field);
    if (subject !== undefined) data[subject] ??= 'subject';
    if (eventName === 'post_share') data['shareId'] = `${String(data['postId']).slice(0, 60)}'`;
    return { ...event, data };
  });
}

function arbitraryObject(schema: z.ZodObject): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(schema.shape);
  const requiredKeys = fields.filter(([, field]) => !(field instanceof z.ZodOptional)).map(([name]) => name);
  const model = Object.fromEntries(fields.map(([name, field]) => [name, arbitraryValue(field)]));
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

function arbitraryValue(schema: unknown): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional) return arbitraryValue(schema.unwrap());
  const leaf = schema instanceof z.ZodType ? leafOf(schema) : undefined;
  if (leaf) return fc.constantFrom(...samples.filter((sample) => leaf(sample) >= 0));
  if (schema instanceof z.ZodObject) return arbitraryObject(schema);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodArray) return fc.array(arbitraryValue(schema.element), { minLength: 1, maxLength: 4 });
  if (schema instanceof z.ZodNumber) return arbitraryNumber(schema);
  throw new Error('No arbitrary is known for this schema');
}

function arbitraryNumber({ minValue, maxValue, format }: z.ZodNumber): fc.Arbitrary<number> {
  const [min, max] = [minValue ?? 0, maxValue ?? 0];
  const edges = fc.constantFrom(min, max);
  return format === 'safeint'
    ? fc.oneof(edges, fc.integer({ min, max: Math.min(max, 2_000_000) }))
    : fc.oneof(edges, fc.double({ min, max, noNaN: true }));
}

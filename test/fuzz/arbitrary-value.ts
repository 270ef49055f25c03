import fc from 'fast-check';
import type { JsonSchema } from './read-document.ts';

export type Schemas = Readonly<Record<string, JsonSchema>>;

const deepest = 12;

/** Values that a schema of the document allows. Where text is free, it is drawn from what is hard to carry. */
export function arbitraryValue(schema: JsonSchema, schemas: Schemas, depth = 0): fc.Arbitrary<unknown> {
  const { $ref, enum: choices, oneOf, anyOf } = schema;
  if (typeof $ref === 'string') return arbitraryValue(follow($ref, schemas), schemas, depth + 1);
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(choices)) return fc.constantFrom<unknown>(...choices);
  const alternatives = oneOf ?? anyOf;
  if (depth > deepest) return fc.constant(null);
  if (Array.isArray(alternatives)) {
    return fc.oneof(...alternatives.filter(isSchema).map((each) => arbitraryValue(each, schemas, depth + 1)));
  }
  return arbitraryOfType(schema, schemas, depth);
}

function arbitraryOfType(schema: JsonSchema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  switch (schema['type']) {
    case 'string':
      return arbitraryText(schema);
    case 'integer':
      return arbitraryNumber(schema, (min, max) => fc.integer({ min, max }));
    case 'number':
      return arbitraryNumber(schema, (min, max) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return arbitraryList(schema, schemas, depth);
    case 'object':
      return arbitraryObject(schema, schemas, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function arbitraryList(schema: JsonSchema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  const items = isSchema(schema['items']) ? arbitraryValue(schema['items'], schemas, depth + 1) : fc.jsonValue();
  const minLength = numberOf(schema['minItems'], 0);
  return fc.array(items, { minLength, maxLength: Math.min(numberOf(schema['maxItems'], 4), minLength + 3) });
}

function arbitraryObject(schema: JsonSchema, schemas: Schemas, depth: number): fc.Arbitrary<unknown> {
  const fields = Object.entries(isSchema(schema['properties']) ? schema['properties'] : {});
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const model = Object.fromEntries(
    fields.map(([name, field]) => [name, isSchema(field) ? arbitraryValue(field, schemas, depth + 1) : fc.jsonValue()]),
  );
  const requiredKeys = fields.map(([name]) => name).filter((name) => required.has(name));
  const more = schema['additionalProperties'];
  if (fields.length > 0 || !isSchema(more)) return fc.record(model, { requiredKeys, noNullPrototype: true });
  return fc.dictionary(fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/), arbitraryValue(more, schemas, depth + 1), {
    maxKeys: 3,
    noNullPrototype: true,
  });
}

function arbitraryNumber(
  schema: JsonSchema,
  between: (min: number, max: number) => fc.Arbitrary<number>,
): fc.Arbitrary<number> {
  const min = numberOf(schema['minimum'] ?? schema['exclusiveMinimum'], -1_000_000);
  const max = numberOf(schema['maximum'] ?? schema['exclusiveMaximum'], 1_000_000);
  const small = between(min, Math.max(min, Math.min(max, min + 100)));
  return fc.oneof(small, between(min, max), fc.constantFrom(min, max));
}

const texts = [
  'a',
  'post_1',
  '0',
  'null',
  '-1',
  '1e9',
  '  a  ',
  '%2F..%2F',
  '../..',
  "' OR 1=1 --",
  '`"\\',
  '$postId {rootId:String}',
  'é e\u0301',
  '👩\u200d👧',
  'שלום',
  '\u{10ffff}',
  '__proto__',
  'constructor',
  '9223372036854775808',
  'x'.repeat(128),
  '👍'.repeat(100),
];

const offsets = ['Z', '+05:45', '-11:00', '+00:00'];

const arbitraryTime = fc
  .record({ at: fc.integer({ min: 946_684_800_000, max: 1_760_000_000_000 }), offset: fc.constantFrom(...offsets) })
  .map(({ at, offset }) => new Date(at).toISOString().replace('Z', offset));

function arbitraryText(schema: JsonSchema): fc.Arbitrary<string> {
  if (schema['format'] === 'date-time') return arbitraryTime;
  const minLength = numberOf(schema['minLength'], 0);
  const maxLength = numberOf(schema['maxLength'], 200);
  const pattern = patternOf(schema);
  const forbidden = isSchema(schema['not']) ? patternOf(schema['not']) : undefined;
  const isRight = (text: string): boolean => {
    const { length } = Array.from(text);
    return length >= minLength && length <= maxLength && (pattern?.test(text) ?? true) && !forbidden?.test(text);
  };
  const fixed = texts.filter(isRight);
  const drawn = isNarrow(pattern)
    ? fc.stringMatching(pattern, { maxLength: 24 }).filter(isRight)
    : fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 24) }).filter(isRight);
  return fixed.length === 0 ? drawn : fc.oneof(fc.constantFrom(...fixed), drawn);
}

function patternOf(schema: JsonSchema): RegExp | undefined {
  return typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern'], 'u') : undefined;
}

/** A pattern that names what is allowed; one that only forbids characters leaves text free. */
function isNarrow(pattern: RegExp | undefined): pattern is RegExp {
  return pattern !== undefined && !pattern.source.startsWith('^[^');
}

function follow(reference: string, schemas: Schemas): JsonSchema {
  const found = schemas[reference.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`the document has no ${reference}`);
  return found;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown, preset: number): number {
  return typeof value === 'number' ? value : preset;
}

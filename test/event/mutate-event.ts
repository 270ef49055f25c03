import fc from 'fast-check';

type Mutation = { at: number; kind: 'replace' | 'remove' | 'add'; name: string; value: unknown };

/** Names that are nobody's field, names of other events' fields and names that mean something to JavaScript. */
const names = [
  'rootId',
  'depth',
  'state',
  'acceptSeq',
  'postId',
  'userId',
  '__proto__',
  'constructor',
  'toString',
  'a/b~c',
  '',
];

const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    '',
    'null',
    '0',
    'a\u202eb',
    'a\u0000',
    '\ud800',
    'x'.repeat(129),
    -1,
    1.5,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    null,
  ),
  fc.constantFrom<unknown>(
    '2024-02-30T00:00:00Z',
    '1999-12-31T23:59:59Z',
    '2024-01-01',
    4_102_444_800_000,
    1_700_000_000,
    [],
    {},
  ),
);

export const arbitraryMutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(60),
  kind: fc.constantFrom('replace', 'remove', 'add'),
  name: fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 8 })),
  value: values,
});

/** A copy of a JSON value with one place in it changed. */
export function mutate(event: unknown, { at, kind, name, value }: Mutation): unknown {
  const copy: unknown = structuredClone(event);
  const places = placesIn(copy);
  const place = places[at % places.length];
  if (place === undefined) return value;
  if (kind === 'replace') Reflect.set(place.holder, place.key, value);
  else if (kind === 'remove') remove(place);
  else if (Array.isArray(place.holder)) place.holder.push(value);
  else Object.defineProperty(place.holder, name, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

function placesIn(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...placesIn(inner)]);
}

function remove({ holder, key }: { holder: object; key: string }): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}

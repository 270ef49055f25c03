import fc from 'fast-check';
import { countKeys } from '../../src/event/count-keys.ts';
import { type Items, readItems } from '../../src/ingest/accept/read-items.ts';
import { limits } from './open-door.ts';

/** JSON text with the white space, the escapes and the nesting that writers may choose. */
const json = fc.jsonValue({ maxDepth: 6 });
const space = fc.constantFrom('', ' ', '\n', '\t\r\n  ');
const text = fc
  .tuple(json, fc.constantFrom(undefined, 1, '\t'))
  .map(([value, indent]) => JSON.stringify(value, null, indent));
const events = fc.array(
  fc.tuple(space, text, space).map((parts) => parts.join('')),
  { minLength: 1, maxLength: 12 },
);

function read(body: string, framing: 'json' | 'ndjson'): Items {
  const found = readItems(Buffer.from(body), framing, limits);
  if (!found.ok) throw new Error(found.problem.detail);
  return found.items;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function check(items: Items, written: string[]): void {
  expect(items.values).toHaveLength(written.length);
  for (const [index, one] of written.entries()) {
    const value: unknown = JSON.parse(one);
    expect(items.refusals.has(index)).toBe(!isObject(value));
    if (!isObject(value)) continue;
    const bytes = items.body.subarray(items.spans.starts[index], items.spans.ends[index]);
    expect(bytes.toString()).toBe(one.trim());
    expect(items.values[index]).toEqual(value);
    expect(items.spans.keyCounts[index]).toBe(countKeys(value));
  }
}

describe('readItems', () => {
  test('finds the exact bytes and the number of keys of every object of a batch', () => {
    const head = fc.constantFrom('{"events":[', ' {\n"events" : [', '{"\\u0065vents":[');
    fc.assert(
      fc.property(head, events, (start, written) => check(read(`${start}${written.join(',')}] }`, 'json'), written)),
      { numRuns: 500 },
    );
  });

  test('finds the same in lines', () => {
    const lines = fc.array(
      json.map((value) => JSON.stringify(value)),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n', '\n\n', '\n \t\n'), (written, separator) =>
        check(read(written.join(separator), 'ndjson'), written),
      ),
      { numRuns: 500 },
    );
  });

  test('takes one object for one event, whatever lists it holds', () => {
    const list = fc.array(json, { maxLength: 4 });
    fc.assert(
      fc.property(fc.record({ list, data: json, deep: fc.record({ events: list }) }), space, (event, around) => {
        const written = JSON.stringify(event);
        check(read(`${around}${written}${around}`, 'json'), [written]);
      }),
    );
  });

  test('says 400 or 413 for any other bytes, and never throws', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"events"',
      'null',
      '1',
      ' ',
      '\n',
      '\u{1F44D}',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.constantFrom('json', 'ndjson'), (parts, framing) => {
        const found = readItems(Buffer.from(parts.join('')), framing, limits);
        if (!found.ok) expect([400, 413]).toContain(found.problem.status);
      }),
      { numRuns: 2000 },
    );
  });
});

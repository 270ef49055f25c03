import fc from 'fast-check';
import { z } from 'zod';
import { canonicalEvent } from '../../../src/event/canonical-event.ts';
import { checkEvent } from '../../../src/event/check-event.ts';
import type { Facts } from '../../../src/facts/facts.ts';
import { findFactsRowFault } from '../../../src/facts/find-row-fault.ts';
import { type ColumnType, encodeBlock } from '../../../src/facts/native/encode-block.ts';
import { factColumns, factTypes, toFactRow } from '../../../src/project/facts/fact-row.ts';
import { arbitraryEvent } from '../../event/arbitrary-event.ts';
import { openFreshFacts } from '../../setup/open-test-stores.ts';

const nowMs = Date.UTC(2026, 5, 1);
let facts: Facts;

beforeAll(async () => {
  ({ facts } = await openFreshFacts());
});
afterAll(() => facts.close());

const ask = async <T extends z.ZodRawShape>(text: string, row: T) =>
  facts.select({ path: 'test', text, params: z.object({}), row: z.object(row) }, {});

describe('rows as one binary block', () => {
  test('have the types that the table has', async () => {
    const columns = await ask(
      "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = 'events'",
      { name: z.string(), type: z.string() },
    );
    const ofTable = new Map(columns.map(({ name, type }) => [name, type.replaceAll(/LowCardinality\((\w+)\)/g, '$1')]));
    expect(factColumns.map((name) => [name, ofTable.get(name)])).toEqual(
      factColumns.map((name, place) => [name, factTypes[place]]),
    );
  });

  test('are stored as the same rows in JSON are', async () => {
    const drawn = fc.sample(arbitraryEvent, { numRuns: 3000, seed: 5 });
    const rows = drawn.flatMap((event, seq) => {
      const checked = checkEvent(event, { nowMs });
      if (!checked.ok) return [];
      const accepted = { seq, acceptedAtMs: nowMs - seq, digest: Number.MAX_SAFE_INTEGER - seq };
      return [toFactRow(canonicalEvent(checked.event, checked.timestampMs), accepted)];
    });
    expect(rows.length).toBeGreaterThan(1000);
    await facts.command('CREATE TABLE in_json AS events');
    await facts.insert({ table: 'events', columns: factColumns, types: factTypes, token: 'block' }, rows);
    await facts.insert({ table: 'in_json', columns: factColumns, token: 'json' }, rows);
    const differing = await ask(
      `SELECT count() AS number FROM
        (SELECT * FROM (SELECT * FROM events EXCEPT ALL SELECT * FROM in_json) UNION ALL SELECT * FROM (SELECT * FROM in_json EXCEPT ALL SELECT * FROM events))`,
      { number: z.number() },
    );
    expect(differing).toEqual([{ number: 0 }]);
    expect(await ask('SELECT count() AS number FROM events', { number: z.number() })).toEqual([
      { number: rows.length },
    ]);
  });

  test('add nothing when they are sent again under their token', async () => {
    const row = (name: string) =>
      factColumns.map((column, place) => (column === 'event_id' ? name : zeroOf(factTypes[place])));
    const target = { table: 'events', columns: factColumns, types: factTypes, token: 'twice' };
    await facts.insert(target, [row('twice')]);
    await facts.insert(target, [row('twice')]);
    const counted = await ask("SELECT count() AS number FROM events WHERE event_id = 'twice'", { number: z.number() });
    expect(counted).toEqual([{ number: 1 }]);
  });

  test.each<[ColumnType, unknown]>([
    ['UInt32', 2 ** 32],
    ['UInt32', -1],
    ['UInt64', 1.5],
    ['UInt64', 2 ** 53],
    ['Nullable(UInt64)', 'x'],
    ['Bool', 1],
    ['String', null],
    ["DateTime64(3, 'UTC')", Number.NaN],
    ['Array(String)', ['a', 1]],
    ['Array(String)', 'a'],
  ])('of %s refuse %p, as the store would', (type, value) => {
    const encode = () => encodeBlock([{ name: 'it', type }], [[value]]);
    expect(encode).toThrow(/a value of it is no/);
    expect(findFactsRowFault(faultOf(encode))).toMatchObject({ code: 'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE' });
  });
});

function zeroOf(type: ColumnType | undefined): unknown {
  if (type === 'String') return '';
  if (type === 'Array(String)') return [];
  if (type === 'Bool') return false;
  return type?.startsWith('Nullable') === true ? null : 0;
}

function faultOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (fault) {
    return fault;
  }
}

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';
import { type ExportForm, exportFormNames, exportForms } from '../../src/keep/export/export-forms.ts';
import { countRows, streamTable } from '../../src/keep/export/export-table.ts';
import { exportTableNames, exportTables } from '../../src/keep/export/export-tables.ts';
import { openFreshFacts, testEnvironment } from '../setup/open-test-stores.ts';

let facts: Facts;
let database: string;

const everything = { fromMs: null, toMs: null };

beforeAll(async () => {
  ({ facts, database } = await openFreshFacts());
  await fillEverything(facts);
}, 60_000);
afterAll(() => facts.close());

describe('what is taken out', () => {
  test.each(exportTableNames.flatMap((table) => exportFormNames.map((form) => [table, form] as const)))(
    '%s as %s is read back as the rows that are there',
    async (table, form) => {
      const bytes = await collect(streamTable({ facts }, { table, ...everything }, form));
      const { table: source } = exportTables[table];
      const scratch = `scratch_${randomUUID().replaceAll('-', '')}`;
      await facts.command(`CREATE TABLE ${scratch} ENGINE = Memory AS SELECT * FROM ${source} LIMIT 0`);
      await insertBytes(scratch, form, bytes);
      const rows = await countRows({ facts }, { table, ...everything });
      expect(rows).toBeGreaterThan(0);
      expect(await digestOf(scratch)).toEqual({ ...(await digestOf(source)), rows });
    },
    20_000,
  );
});

async function digestOf(table: string): Promise<object | undefined> {
  const [digest] = await facts.select(
    {
      path: 'all that a table says',
      text: `SELECT count() AS rows, toString(sum(sipHash64(formatRow('TSV', *)))) AS digest FROM ${table}`,
      params: z.object({}),
      row: z.object({ rows: z.number(), digest: z.string() }),
    },
    {},
  );
  return digest;
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const seen: Uint8Array[] = [];
  for await (const piece of pieces) seen.push(piece);
  return Buffer.concat(seen);
}

async function insertBytes(table: string, form: ExportForm, bytes: Buffer): Promise<void> {
  const url = new URL(testEnvironment('CLICKHOUSE_URL'));
  url.searchParams.set('database', database);
  url.searchParams.set('date_time_input_format', 'best_effort');
  url.searchParams.set('query', `INSERT INTO ${table} FORMAT ${exportForms[form].format}`);
  const headers = {
    'X-ClickHouse-User': testEnvironment('CLICKHOUSE_USER'),
    'X-ClickHouse-Key': testEnvironment('CLICKHOUSE_PASSWORD'),
  };
  const answer = await fetch(url, { method: 'POST', headers, body: new Uint8Array(bytes) });
  if (!answer.ok) throw new Error(await answer.text());
}

async function fillEverything(store: Facts): Promise<void> {
  await store.command(`
    INSERT INTO events (accept_seq, accepted_at, event_id, digest, event_name, account_id, timestamp, post_id, share_id,
        hashtags, feed_position, completion, is_internal, data, metadata)
    SELECT number + 1, toDateTime64('2026-01-31 23:59:59.123', 3, 'UTC') + number, concat('e', toString(number)), number,
        ['post_created', 'post_share', 'post_view'][number % 3 + 1], concat(if(number % 7 = 0, 'é"\\n,', 'u'), toString(number)),
        toDateTime64('2026-01-31 23:00:00.001', 3, 'UTC') + number, concat('p', toString(number)),
        if(number % 3 = 1, concat('s', toString(number)), ''), if(number % 2 = 0, ['a', 'b\\'c'], []),
        if(number % 2 = 0, NULL, number), if(number % 2 = 0, 0.1, NULL), number % 2 = 0, '{"a": "b"}', '{}'
    FROM numbers(300)`);
  await store.command(`
    INSERT INTO lineage
    SELECT concat('r', toString(intDiv(number, 10))), 0, number % 10, concat('p', toString(number)), '', 0, number % 10 > 0,
        concat('u', toString(number)), number % 10, toDateTime64('2026-01-31 23:00:00.001', 3, 'UTC') + number, number + 1, number + 1
    FROM numbers(100)`);
  await store.command(`
    INSERT INTO engagement_quarters
    SELECT toDateTime('2026-01-31 23:00:00', 'UTC') + 900 * number, concat('p', toString(number)), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    FROM numbers(100)`);
}

// What the unmodified client expects of a ClickHouse server. With CLICKHOUSE_URL set it runs against that server.
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Contract, openContract } from './open-contract.ts';

describe.each([{ compression: false }, { compression: true }])(
  'the contract of an insert, compression $compression',
  ({ compression }) => {
    let contract: Contract;
    beforeAll(async () => {
      contract = await openContract(compression);
    });
    afterAll(() => contract.close());

    test('inserts an array, with defaults for what is left out', async () => {
      const table = await contract.freshTable("id UInt64, name String DEFAULT 'nobody', tags Array(String)");
      const { summary } = await contract.client.insert({
        table,
        values: [{ id: 1, name: 'é"\n\\\'', tags: ['a'] }, { id: 2 }],
        format: 'JSONEachRow',
      });
      expect(Number(summary?.written_rows)).toBe(2);
      expect(await contract.rowsOf(`SELECT * FROM ${table} ORDER BY id`)).toEqual(
        [
          { id: '1', name: 'é"\n\\\'', tags: ['a'] },
          { id: '2', name: 'nobody', tags: [] },
        ].map((row) => ({ ...row, id: expect.anything() })),
      );
    });

    test('inserts a stream of many rows', async () => {
      // The client packs every row on its own, which is slow.
      const rows = compression ? 10_000 : 100_000;
      const table = await contract.freshTable('id UInt64');
      const values = Readable.from(
        (function* () {
          for (let id = 0; id < rows; id += 1) yield { id };
        })(),
      );
      await contract.client.insert({ table, values, format: 'JSONEachRow' });
      expect(
        await contract.rowsOf(`SELECT toString(count()) AS rows, toString(sum(id)) AS total FROM ${table}`),
      ).toEqual([{ rows: String(rows), total: String((rows * (rows - 1)) / 2) }]);
    });

    test('inserts CSV from a raw stream, with and without a list of columns', async () => {
      const table = await contract.freshTable('id UInt64, name String');
      await contract.client.insert({
        table,
        values: Readable.from(['1,"a,b"\n', '2,"line\nbreak"\n'], { objectMode: false }),
        format: 'CSV',
      });
      await contract.client.insert({
        table,
        values: Readable.from(['3\n'], { objectMode: false }),
        format: 'CSV',
        columns: ['id'],
      });
      expect(await contract.rowsOf(`SELECT name FROM ${table} ORDER BY id`)).toEqual([
        { name: 'a,b' },
        { name: 'line\nbreak' },
        { name: '' },
      ]);
    });

    test.each(['JSONCompactEachRow', 'JSONCompactEachRowWithNames'] as const)(
      'inserts arrays of values as %s',
      async (format) => {
        const table = await contract.freshTable('id UInt64, name String');
        const rows = [
          [1, 'one'],
          [2, 'two'],
        ];
        await contract.client.insert({
          table,
          values: format.endsWith('Names') ? [['id', 'name'], ...rows] : rows,
          format,
        });
        expect(await contract.rowsOf(`SELECT name FROM ${table} ORDER BY id`)).toEqual([
          { name: 'one' },
          { name: 'two' },
        ]);
      },
    );

    test.each([
      'RowBinary',
      'RowBinaryWithNamesAndTypes',
      'Native',
      'Arrow',
      'ArrowStream',
      'Parquet',
      'ORC',
      'Avro',
      'MsgPack',
    ])('carries rows out and back in as %s', async (format) => {
      const table = await contract.freshTable('id UInt64, name String');
      const source = await contract.client.exec({
        query: `SELECT number AS id, concat('n', toString(number)) AS name FROM numbers(100000) FORMAT ${format}`,
      });
      const answer = await contract.client.exec({
        query: `INSERT INTO ${table} FORMAT ${format}`,
        values: source.stream,
      });
      await text(answer.stream);
      const [row] = await contract.rowsOf(
        `SELECT toString(count()) AS rows, toString(sum(id)) AS total, max(length(name)) AS longest FROM ${table}`,
      );
      expect(row).toEqual({ rows: '100000', total: '4999950000', longest: expect.anything() });
    });

    test('inserts with VALUES and with SELECT', async () => {
      const table = await contract.freshTable('id UInt64, name String');
      await contract.client.command({ query: `INSERT INTO ${table} VALUES (1, 'it''s'), (2, 'VALUES (3)')` });
      await contract.client.command({ query: `INSERT INTO ${table} (id) SELECT number + 3 FROM numbers(2)` });
      expect(await contract.rowsOf(`SELECT name FROM ${table} ORDER BY id`)).toEqual([
        { name: "it's" },
        { name: 'VALUES (3)' },
        { name: '' },
        { name: '' },
      ]);
    });

    test('the same insert token adds rows once, in the table and behind its view', async () => {
      const window = 'SETTINGS non_replicated_deduplication_window = 1000';
      const table = await contract.freshTable('id UInt64', `ENGINE = MergeTree ORDER BY id ${window}`);
      const target = await contract.freshTable(
        'id UInt64, rows UInt64',
        `ENGINE = SummingMergeTree ORDER BY id ${window}`,
      );
      await contract.client.command({
        query: `CREATE MATERIALIZED VIEW ${table}_view TO ${target} AS SELECT id % 10 AS id, count() AS rows FROM ${table} GROUP BY id`,
      });
      const values = Array.from({ length: 1_000 }, (_, id) => ({ id }));
      const insert = (token: string) =>
        contract.client.insert({
          table,
          values,
          format: 'JSONEachRow',
          clickhouse_settings: {
            async_insert: 0,
            insert_deduplicate: 1,
            insert_deduplication_token: token,
            deduplicate_blocks_in_dependent_materialized_views: 1,
          },
        });
      await insert('first');
      await insert('first');
      const count = () =>
        contract.rowsOf(
          `SELECT toString(count()) AS rows, toString((SELECT sum(rows) FROM ${target})) AS behind FROM ${table}`,
        );
      expect(await count()).toEqual([{ rows: '1000', behind: '1000' }]);
      await insert('second');
      expect(await count()).toEqual([{ rows: '2000', behind: '2000' }]);
    });
  },
);

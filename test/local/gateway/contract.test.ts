// What the unmodified client expects of a ClickHouse server. With CLICKHOUSE_URL set it runs against that server.
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { type Contract, openContract } from './open-contract.ts';

describe.each([{ compression: false }, { compression: true }])(
  'the contract of a query, compression $compression',
  ({ compression }) => {
    let contract: Contract;
    beforeAll(async () => {
      contract = await openContract(compression);
    });
    afterAll(() => contract.close());

    test('ping', async () => {
      expect(await contract.client.ping()).toEqual({ success: true });
    });

    test('answers JSON with meta, data, rows and statistics', async () => {
      const result = await contract.client.query({
        query: 'SELECT number, toString(number) AS text FROM numbers(3)',
        format: 'JSON',
      });
      const answer = await result.json();
      expect(answer).toMatchObject({
        meta: [
          { name: 'number', type: 'UInt64' },
          { name: 'text', type: 'String' },
        ],
        data: [{ number: expect.anything(), text: '0' }, { text: '1' }, { text: '2' }],
        rows: 3,
      });
      expect(result.response_headers['x-clickhouse-format']).toBe('JSON');
    });

    test.each([
      'JSONCompact',
      'JSONStrings',
      'JSONCompactStrings',
      'JSONColumnsWithMetadata',
      'JSONObjectEachRow',
      'JSONEachRow',
      'JSONStringsEachRow',
      'JSONCompactEachRow',
      'JSONCompactStringsEachRow',
      'JSONCompactEachRowWithNames',
      'JSONCompactEachRowWithNamesAndTypes',
      'JSONCompactStringsEachRowWithNames',
    ] as const)('answers %s over several blocks as one document', async (format) => {
      const result = await contract.client.query({
        query: 'SELECT number AS n FROM numbers(200000)',
        format,
        clickhouse_settings: { max_block_size: '50000' },
      });
      const answer = JSON.stringify(await result.json());
      expect(answer).toContain('199999');
      // One key and one value in formats that number their rows.
      expect((answer.match(/199999/g) ?? []).length).toBeLessThanOrEqual(2);
      expect((answer.match(/"meta"/g) ?? []).length).toBeLessThanOrEqual(1);
    });

    test.each([
      'CSV',
      'CSVWithNames',
      'CSVWithNamesAndTypes',
      'TabSeparated',
      'TabSeparatedRaw',
      'TabSeparatedWithNames',
      'CustomSeparated',
    ] as const)('answers %s with one header', async (format) => {
      const result = await contract.client.query({ query: 'SELECT number AS header FROM numbers(150000)', format });
      const lines = (await result.text()).trim().split('\n');
      const headers = format.endsWith('AndTypes') ? 2 : format.endsWith('Names') ? 1 : 0;
      expect(lines).toHaveLength(150_000 + headers);
    });

    test('exec gives the raw answer', async () => {
      const { stream } = await contract.client.exec({ query: 'SELECT 1 AS one FORMAT CSVWithNames' });
      expect(await text(stream)).toBe('"one"\n1\n');
    });

    test('query_params keep their types, quotes, escapes and NULL', async () => {
      const parameters = {
        text: 'it\'s \\ \t a\n"test"',
        number: 42,
        list: ['a', "b'c"],
        nothing: null,
        at: new Date('2025-01-02T03:04:05Z'),
        map: { k: 1 },
      };
      const query =
        "SELECT {text:String} AS text, {number:UInt8} AS number, {list:Array(String)} AS list, {nothing:Nullable(String)} AS nothing, toString({at:DateTime('UTC')}) AS at, {map:Map(String, UInt8)} AS map";
      expect(await contract.rowsOf(query, parameters)).toEqual([
        {
          text: parameters.text,
          number: 42,
          list: parameters.list,
          nothing: null,
          at: '2025-01-02 03:04:05',
          map: { k: 1 },
        },
      ]);
    });

    test('a parameter may name a table, and may be long', async () => {
      const table = await contract.freshTable('id String');
      await contract.client.insert({ table, values: [{ id: 'id-777' }], format: 'JSONEachRow' });
      const ids = Array.from({ length: 5_000 }, (_, index) => `id-${index}`);
      expect(
        await contract.rowsOf('SELECT id FROM {table:Identifier} WHERE id IN {ids:Array(String)}', { table, ids }),
      ).toEqual([{ id: 'id-777' }]);
    });

    test('clickhouse_settings reach the query and only this query', async () => {
      const query = "SELECT getSetting('max_block_size') AS size";
      const sized = await contract.client.query({
        query,
        format: 'JSONEachRow',
        clickhouse_settings: { max_block_size: '777' },
      });
      expect(JSON.stringify(await sized.json())).toContain('777');
      expect(JSON.stringify(await contract.rowsOf(query))).not.toContain('777');
    });

    test('query_id comes back', async () => {
      const id = randomUUID();
      const result = await contract.client.query({ query: 'SELECT 1', query_id: id });
      expect(result.query_id).toBe(id);
      expect(result.response_headers['x-clickhouse-query-id']).toBe(id);
      await result.text();
    });

    test.each([
      ['SELECT * FROM no_such_table', '60', 'UNKNOWN_TABLE'],
      ['SELECT no_such_column', '47', 'UNKNOWN_IDENTIFIER'],
      ['SELECT no_such_function(1)', '46', 'UNKNOWN_FUNCTION'],
      ['SELECT * FROM no_such_database.t', '81', 'UNKNOWN_DATABASE'],
      ['SELECT 1 x y z', '62', 'SYNTAX_ERROR'],
      ["SELECT throwIf(1, 'mine')", '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
      ["SELECT toUInt8('x')", '6', 'CANNOT_PARSE_TEXT'],
    ])('%s throws %s %s', async (query, code, type) => {
      await expect(contract.client.query({ query })).rejects.toMatchObject({ code, type });
    });

    test('a failing command and a failing insert throw', async () => {
      const table = await contract.freshTable('id UInt64');
      await expect(
        contract.client.command({ query: `CREATE TABLE ${table} (id UInt8) ENGINE = Memory` }),
      ).rejects.toMatchObject({ code: '57' });
      await expect(
        contract.client.insert({ table, values: [{ id: 'x' }], format: 'JSONEachRow' }),
      ).rejects.toMatchObject({
        code: '27',
      });
      await expect(
        contract.client.insert({ table: 'no_such_table', values: [{ id: 1 }], format: 'JSONEachRow' }),
      ).rejects.toMatchObject({ code: '60' });
    });

    test('streams rows and reports a failure half way', async () => {
      const result = await contract.client.query({
        query: 'SELECT number, throwIf(number = 2000000) AS boom FROM numbers(4000000)',
        format: 'JSONEachRow',
        clickhouse_settings: { max_threads: 1 },
      });
      let rows = 0;
      const read = async () => {
        for await (const part of result.stream()) rows += part.length;
      };
      // The connection is cut after the exception: a client that unpacks may see the cut first.
      await expect(read()).rejects.toMatchObject({
        code: expect.stringMatching(compression ? /^(395|ECONNRESET)$/ : /^395$/),
      });
      expect(rows).toBeGreaterThan(0);
    });

    test('max_execution_time is kept', async () => {
      const slow = contract.client.query({
        query: 'SELECT sleepEachRow(0.1) FROM numbers(100)',
        format: 'JSONEachRow',
        clickhouse_settings: { max_execution_time: 1, max_block_size: '1' },
      });
      await expect(slow.then((result) => result.text())).rejects.toMatchObject({ code: '159' });
    });
  },
);

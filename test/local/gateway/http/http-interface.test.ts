// What any HTTP client sees: addresses, headers, statuses, bodies in every dress.
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { type Asking, ask, startGateway, type TestGateway } from '../start-gateway.ts';

describe('the HTTP interface', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
    await textOf('CREATE TABLE lines (id UInt64, name String) ENGINE = MergeTree ORDER BY id');
  });
  afterAll(() => gateway.stop());

  const post = (statement: string | Uint8Array<ArrayBuffer>, asking: Asking = {}) =>
    ask(gateway.url, statement, { password: gateway.password, ...asking });

  async function textOf(statement: string | Uint8Array<ArrayBuffer>, asking: Asking = {}): Promise<string> {
    return (await post(statement, asking)).text();
  }

  const get = (query: Record<string, string>) =>
    fetch(`${gateway.url}/?${new URLSearchParams({ user: 'sharetrail', password: gateway.password, ...query })}`);

  const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);

  test('answers a ping and an empty address without a password', async () => {
    expect(await (await fetch(`${gateway.url}/ping`)).text()).toBe('Ok.\n');
    expect(await (await fetch(gateway.url)).text()).toBe('Ok.\n');
    expect((await fetch(`${gateway.url}/elsewhere`)).status).toBe(404);
  });

  test('takes user and password from the address, from basic auth and from headers', async () => {
    expect(await (await get({ query: 'SELECT 1' })).text()).toBe('1\n');
    const basic = `Basic ${Buffer.from(`sharetrail:${gateway.password}`).toString('base64')}`;
    const response = await fetch(gateway.url, { method: 'POST', body: 'SELECT 2', headers: { Authorization: basic } });
    expect(await response.text()).toBe('2\n');
    expect(await textOf('SELECT 3')).toBe('3\n');
  });

  test.each([
    { user: 'sharetrail', password: 'wrong' },
    { user: 'default', password: '' },
    { user: 'nobody', password: 'x' },
  ])('refuses $user with a wrong password', async ({ user, password }) => {
    const response = await post('SELECT 1', { user, password });
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([403, '516']);
    expect(await response.text()).toMatch(/^Code: 516\. DB::Exception: .*\(AUTHENTICATION_FAILED\)/);
  });

  test('says what a server says in headers', async () => {
    const response = await post('SELECT 1 AS one FORMAT JSON', { query: { query_id: 'my-query' } });
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'x-clickhouse-query-id': 'my-query',
      'x-clickhouse-format': 'JSON',
      'x-clickhouse-timezone': expect.any(String),
      'x-clickhouse-server-display-name': expect.any(String),
      'content-type': expect.stringContaining('application/json'),
    });
    const summary: unknown = JSON.parse(headers['x-clickhouse-summary'] ?? '{}');
    expect(summary).toMatchObject({ read_rows: '1', elapsed_ns: expect.stringMatching(/^\d+$/) });
    await response.text();
  });

  test('takes a statement in the address, in the body, and across both', async () => {
    expect(await (await get({ query: 'SELECT 1' })).text()).toBe('1\n');
    expect(await textOf('SELECT 1')).toBe('1\n');
    expect(await textOf('1, 2', { query: { query: 'SELECT' } })).toBe('1\t2\n');
  });

  test('takes the format from the statement, the address or a header', async () => {
    expect(await textOf('SELECT 1 AS a', { query: { default_format: 'JSONEachRow' } })).toBe('{"a":1}\n');
    expect(await textOf('SELECT 1 AS a', { headers: { 'X-ClickHouse-Format': 'CSV' } })).toBe('1\n');
    expect(await textOf('SELECT 1 AS a -- FORMAT CSV\nFORMAT JSONEachRow', { query: { default_format: 'CSV' } })).toBe(
      '{"a":1}\n',
    );
  });

  test('takes the database from the address or a header', async () => {
    expect(await textOf('SELECT currentDatabase()')).toBe('sharetrail\n');
    expect(await textOf('SELECT currentDatabase()', { query: { database: 'system' } })).toBe('system\n');
    expect(await textOf('SELECT currentDatabase()', { headers: { 'X-ClickHouse-Database': 'default' } })).toBe(
      'default\n',
    );
    expect((await post('SELECT 1', { query: { database: 'nowhere' } })).status).toBe(404);
  });

  test('GET reads only', async () => {
    const response = await get({ query: 'CREATE TABLE nothing (a UInt8) ENGINE = Memory' });
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([500, '164']);
    expect(await response.text()).toContain('READONLY');
  });

  test.each([
    ['SELECT * FROM nothing', 404, '60'],
    ['SELECT * FROM nowhere.nothing', 404, '81'],
    ['SELECT nothing', 404, '47'],
    ['SELECT 1 FORMAT Nothing', 404, '73'],
    ['SELECT 1 x y z', 400, '62'],
    ['', 400, '62'],
    ['SELECT 1; SELECT 2', 400, '62'],
    ['SELECT throwIf(1)', 500, '395'],
    ['SELECT {missing:String}', 400, '456'],
  ])('%j answers %d with code %s', async (statement, status, code) => {
    const response = await post(statement);
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([status, code]);
    expect(await response.text()).toMatch(
      new RegExp(`^Code: ${code}\\. DB::Exception: .*\\([A-Z_]+\\) \\(version [\\d.]+\\)\\n$`, 's'),
    );
  });

  test('an unknown setting is an error, and no error names a file of the gateway', async () => {
    const answers = [
      await textOf('SELECT 1', { query: { no_such_setting: '1' } }),
      await textOf('SELECT 1 FROM'),
      await textOf('INSERT INTO lines FORMAT CSV\nx,y,z'),
      await textOf('INSERT INTO nothing FORMAT Native\nabc'),
    ];
    expect(answers[0]).toContain('UNKNOWN_SETTING');
    for (const answer of answers) {
      expect(answer).toMatch(/^Code: \d+\. DB::Exception: /);
      expect(answer).not.toMatch(/sharetrail-gateway|OUTFILE|INFILE/);
    }
  });

  async function inserted(body: string | Uint8Array<ArrayBuffer>, asking: Asking): Promise<string> {
    await textOf('TRUNCATE TABLE lines');
    const response = await post(body, asking);
    const answer = await response.text();
    expect([response.status, answer]).toEqual([200, '']);
    const summary: unknown = JSON.parse(response.headers.get('x-clickhouse-summary') ?? '{}');
    expect(summary).toMatchObject({ written_rows: '2' });
    return textOf('SELECT * FROM lines ORDER BY id FORMAT CSV');
  }

  const rows = '{"id":1,"name":"a"}\n{"id":2,"name":"b"}\n';
  const expected = '1,"a"\n2,"b"\n';
  const statement = 'INSERT INTO lines FORMAT JSONEachRow';

  test.each([
    ['rows in the body', rows, { query: { query: statement } }],
    ['statement and rows in one body', `${statement}\n${rows}`, {}],
    ['statement and rows in one body on one line', `${statement} ${rows}`, {}],
    ['statement and rows in the address', '', { query: { query: `${statement} ${rows}` } }],
    ['rows across address and body', rows.slice(10), { query: { query: `${statement} ${rows.slice(0, 10)}` } }],
    [
      'settings in the statement',
      `INSERT INTO sharetrail.lines (id, name) SETTINGS async_insert = 0, max_threads = 1 FORMAT CSV\n1,a\n2,b`,
      {},
    ],
    ['quoted names', 'INSERT INTO `sharetrail`."lines" (`id`, "name") FORMAT TSV\n1\ta\n2\tb\n', {}],
    ['a comment before the rows', `/* FORMAT x */ INSERT INTO lines -- VALUES\nFORMAT JSONEachRow\n${rows}`, {}],
    ['VALUES', "INSERT INTO lines VALUES (1, 'a'), (2, 'b')", {}],
    ['VALUES with expressions', "INSERT INTO lines (name, id) VALUES (concat('', 'a'), 1), (lower('B'), 1 + 1);", {}],
    [
      'VALUES in the address and rows in the body',
      "(1, 'a'), (2, 'b')",
      { query: { query: 'INSERT INTO lines VALUES' } },
    ],
    ['gzip', bytes(gzipSync(rows)), { query: { query: statement }, headers: { 'Content-Encoding': 'gzip' } }],
    [
      'gzip around statement and rows',
      bytes(gzipSync(`${statement}\n${rows}`)),
      { headers: { 'Content-Encoding': 'gzip' } },
    ],
    ['deflate', bytes(deflateSync(rows)), { query: { query: statement }, headers: { 'Content-Encoding': 'deflate' } }],
    ['brotli', bytes(brotliCompressSync(rows)), { query: { query: statement }, headers: { 'Content-Encoding': 'br' } }],
  ] satisfies Array<[string, string | Uint8Array<ArrayBuffer>, Asking]>)('inserts: %s', async (_name, body, asking) => {
    expect(await inserted(body, asking)).toBe(expected);
  });

  test.each(['lz4', 'zstd', 'xz'])('inserts a %s body, with the statement outside and inside', async (encoding) => {
    // The engine itself packs the bodies: Node 20 has none of these.
    const pack = async (text: string): Promise<Uint8Array<ArrayBuffer>> => {
      const path = `${gateway.dataFolder}/packed-${encoding}-${text.length}`;
      await textOf(
        `INSERT INTO FUNCTION file('${path}', 'RawBLOB', 'text String', '${encoding}') SELECT {text:String}`,
        {
          query: { param_text: text.replaceAll('\n', '\\n') },
        },
      );
      const packed = await post(`SELECT * FROM file('${path}', 'RawBLOB', 'text String', 'none') FORMAT RawBLOB`);
      return new Uint8Array(await packed.arrayBuffer());
    };
    const headers = { 'Content-Encoding': encoding };
    expect(await inserted(await pack(rows), { query: { query: statement }, headers })).toBe(expected);
    expect(await inserted(await pack(`${statement}\n${rows}`), { headers })).toBe(expected);
  });

  test('answers 415 to a body it cannot unpack', async () => {
    const response = await post('x', { headers: { 'Content-Encoding': 'compress' } });
    expect([response.status, await response.text()]).toEqual([
      415,
      expect.stringContaining('UNKNOWN_COMPRESSION_METHOD'),
    ]);
  });

  test('says that it does not speak native block compression', async () => {
    expect((await post('SELECT 1', { query: { compress: '1' } })).status).toBe(501);
  });

  test('answers gzip only where both sides of the request ask for it', async () => {
    const headers = { 'Accept-Encoding': 'gzip' };
    const packed = await post('SELECT 1', { headers, query: { enable_http_compression: '1' } });
    expect([packed.headers.get('content-encoding'), await packed.text()]).toEqual(['gzip', '1\n']);
    const plain = await post('SELECT 1', { headers });
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, '1\n']);
    expect(gunzipSync(gzipSync('same')).toString()).toBe('same');
  });

  test('a broken gzip body is an error and not a hang', async () => {
    const response = await post(bytes(gzipSync(rows).subarray(0, 20)), {
      query: { query: statement },
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(response.status).toBe(400);
    await response.text();
  });

  test('settings, SET, USE and temporary tables end with their request', async () => {
    await textOf('SET max_block_size = 7');
    await textOf('USE system');
    await textOf('CREATE TEMPORARY TABLE passing (a UInt8)');
    expect(
      await textOf("SELECT getSetting('max_block_size') = 7, currentDatabase()", { query: { max_threads: '1' } }),
    ).toBe('0\tsharetrail\n');
    expect((await post('SELECT * FROM passing')).status).toBe(404);
    expect((await post('SELECT {text:String}', { query: { param_text: 'x' } })).status).toBe(200);
    expect((await post('SELECT {text:String}')).status).toBe(400);
  });
});

// Parameters that are too long for an address, as fields of a form.
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { startGateway, type TestGateway } from '../start-gateway.ts';

describe('a form', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  type Fields = Record<string, string | Blob>;
  type Asking = { user?: 'sharetrail' | 'analyst'; query?: Record<string, string> };

  function post(
    body: string | FormData,
    { user = 'sharetrail', query = {} }: Asking,
    contentType?: string,
  ): Promise<Response> {
    const password = user === 'analyst' ? gateway.analystPassword : gateway.password;
    const headers = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password };
    const typed = contentType === undefined ? headers : { ...headers, 'Content-Type': contentType };
    return fetch(`${gateway.url}/?${new URLSearchParams(query)}`, { method: 'POST', body, headers: typed });
  }

  async function send(fields: Fields, asking: Asking = {}): Promise<{ status: number; answer: string }> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const response = await post(form, asking);
    return { status: response.status, answer: await response.text() };
  }

  test('holds statement, parameters and settings', async () => {
    const query = "SELECT {text:String}, getSetting('max_block_size'), currentDatabase()";
    const asked = { query, param_text: 'a', max_block_size: '77', database: 'system' };
    expect(await send(asked)).toEqual({ status: 200, answer: 'a\t77\tsystem\n' });
  });

  test.each([
    ['a statement in the address', { param_n: '7' }, { query: 'SELECT {n:UInt8}' }],
    ['a parameter in the address', { query: 'SELECT {n:UInt8}' }, { param_n: '7' }],
  ])('is joined with %s', async (_name, fields, query) => {
    expect(await send(fields, { query })).toEqual({ status: 200, answer: '7\n' });
  });

  test.each(['\uFEFFmark', 'é 😀 "\' \\\\ %2F & = ;', '--not\\r\\n--a boundary--', ''])(
    'keeps %j as it is',
    async (value) => {
      const query = 'SELECT hex({value:String})';
      const expected = Buffer.from(value.replaceAll('\\\\', '\\').replaceAll('\\r', '\r').replaceAll('\\n', '\n'));
      const { answer } = await send({ query, param_value: value });
      expect(answer).toBe(`${expected.toString('hex').toUpperCase()}\n`);
    },
  );

  test.each([
    ['a file', { query: 'SELECT 1', rows: new Blob(['1']) }, 501, 'external tables'],
    ['a name twice', { query: 'SELECT {a:UInt8}', param_a: '1' }, 400, 'given twice'],
    ['an unknown setting', { query: 'SELECT 1', no_such_setting: '1' }, 404, 'UNKNOWN_SETTING'],
    ['a name that is none', { query: 'SELECT 1', 'a b': '1' }, 400, 'Unknown parameter name'],
  ])('with %s is refused', async (_name, fields, status, words) => {
    const asked = await send(fields, { query: { param_a: '1' } });
    expect(asked).toEqual({ status, answer: expect.stringContaining(words) });
  });

  test.each([
    ['no boundary', 'x', 'multipart/form-data', 'must name its boundary'],
    ['no end', '--b\r\nContent-Disposition: form-data; name="query"\r\n\r\nSELECT 1\r\n', undefined, 'cannot be read'],
    ['no name', '--b\r\nContent-Disposition: form-data\r\n\r\nSELECT 1\r\n--b--\r\n', undefined, 'cannot be read'],
    ['no head', '--b\r\nSELECT 1\r\n--b--\r\n', undefined, 'cannot be read'],
    ['something else', 'SELECT 1', undefined, 'cannot be read'],
  ])('with %s is refused', async (_name, body, contentType, words) => {
    const response = await post(body, {}, contentType ?? 'multipart/form-data; boundary=b');
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(words)]);
  });

  test('has a limit of size', async () => {
    const tooLong = 'x'.repeat(64 * 1024 ** 2);
    // The answer can come while the rest of the body is still on its way, which then breaks the connection.
    const answer = await send({ query: 'SELECT 1', param_a: tooLong }).catch(() => ({ status: 413 }));
    expect(answer.status).toBe(413);
  });

  test('holds a parameter of 300 KB from the official client', async () => {
    const client = createClient({
      url: gateway.url,
      username: 'sharetrail',
      password: gateway.password,
      use_multipart_params_auto: true,
      log: { level: ClickHouseLogLevel.OFF },
    });
    const ids = Array.from({ length: 30_000 }, (_, at) => `id'\\${at}`);
    const result = await client.query({
      query: 'SELECT length({long:String}) AS bytes, {ids:Array(String)}[-1] AS last, {short:UInt8} AS short',
      query_params: { long: 'é'.repeat(150_000), ids, short: 5 },
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([{ bytes: 300_000, last: "id'\\29999", short: 5 }]);
    await client.close();
  });

  describe('of the analyst', () => {
    test('may read', async () => {
      const fields = { query: 'SELECT length({text:String})', param_text: 'x'.repeat(300_000) };
      expect(await send(fields, { user: 'analyst' })).toEqual({ status: 200, answer: '300000\n' });
    });

    test.each([
      ['a statement', { query: "SELECT * FROM file('/etc/passwd')" }],
      ['a writing statement', { query: 'CREATE TABLE a (b UInt8) ENGINE = Memory' }],
      ['a setting', { query: 'SELECT 1', allow_introspection_functions: '1' }],
      ['a higher limit', { query: 'SELECT 1', max_execution_time: '31' }],
      ['a database', { query: 'SELECT 1', database: 'system' }],
      ['a format', { query: 'SELECT 1', default_format: 'Template' }],
    ])('is refused %s as in the address', async (_name, fields) => {
      const asked = await send(fields, { user: 'analyst' });
      expect(asked).toEqual({ status: 403, answer: expect.stringContaining('ACCESS_DENIED') });
    });

    test('names nobody else', async () => {
      const asked = { query: 'SELECT currentUser()', user: 'sharetrail', password: gateway.password };
      const { status } = await send(
        { ...asked, query: 'CREATE TABLE a (b UInt8) ENGINE = Memory' },
        { user: 'analyst' },
      );
      expect(status).toBe(403);
    });
  });
});

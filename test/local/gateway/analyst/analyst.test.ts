import { ask, startGateway, type TestGateway } from '../start-gateway.ts';
import { hostileStatements } from './hostile-statements.ts';
import { legitimateStatements } from './legitimate-statements.ts';

describe('the analyst', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
    await write(
      'CREATE TABLE posts (id UInt64, author String, views UInt64, at DateTime, tags Array(String)) ENGINE = MergeTree ORDER BY id',
    );
    await write(
      "INSERT INTO posts VALUES (1,'ann',10,'2025-01-01 00:00:00',['x']),(2,'ann',20,'2025-01-01 00:10:00',[]),(3,'bob',5,'2025-01-01 00:20:00',['x','y'])",
    );
    await write('CREATE DATABASE other');
    await write('CREATE TABLE other.secrets (a UInt8) ENGINE = Memory');
  });
  afterAll(() => gateway.stop());

  async function write(statement: string): Promise<string> {
    const response = await ask(gateway.url, statement, { password: gateway.password });
    const answer = await response.text();
    if (!response.ok) throw new Error(answer);
    return answer;
  }

  const read = (statement: string, query: Record<string, string> = {}) =>
    ask(gateway.url, statement, { user: 'analyst', password: gateway.analystPassword, query });

  test('the list of hostile statements is long enough', () => {
    expect(hostileStatements.length).toBeGreaterThanOrEqual(60);
    expect(legitimateStatements.length).toBeGreaterThanOrEqual(20);
  });

  test.each(hostileStatements)('is refused %j, which names %j', async (statement, named) => {
    const response = await read(statement);
    const answer = await response.text();
    expect(answer).toContain('ACCESS_DENIED');
    expect(answer.toLowerCase()).toContain(named.toLowerCase());
    expect(response.status).toBe(403);
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('497');
  });

  test.each(legitimateStatements)('gets an answer to %j', async (statement, expected) => {
    const response = await read(statement, { param_limit: '7' });
    const answer = await response.text();
    if (typeof expected === 'string') expect(answer).toBe(expected);
    else expect(answer).toMatch(expected);
    expect(response.status).toBe(200);
  });

  test.each([
    ['a parameter as a table', 'SELECT * FROM {t:Identifier}', { param_t: 'posts' }],
    ['a parameter as a database', 'SELECT * FROM {d:Identifier}.processes', { param_d: 'system' }],
    ['a parameter type in other letters', 'SELECT * FROM {t: identifier }', { param_t: 'posts' }],
    ['another database', 'SELECT 1', { database: 'system' }],
    ["a database that is not the service's", 'SELECT 1', { database: 'other' }],
    ['a higher limit', 'SELECT 1', { max_execution_time: '31' }],
    ['no limit', 'SELECT 1', { max_result_rows: '0' }],
    ['a limit that is no number', 'SELECT 1', { max_memory_usage: '1e99' }],
    ['an unknown setting', 'SELECT 1', { allow_introspection_functions: '1' }],
    ['a schema file', 'SELECT 1', { format_schema: '/etc/passwd:x' }],
    ['a schema for output', 'SELECT 1', { output_format_schema: '/tmp/x' }],
    ['a dialect', 'SELECT 1', { dialect: 'kusto' }],
    ['a default format', 'SELECT 1', { default_format: 'Template' }],
  ])('is refused %s in the address', async (_name, statement, query) => {
    const response = await read(statement, query);
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('ACCESS_DENIED')]);
  });

  test('is refused tables of another database', async () => {
    expect((await read('SELECT * FROM other.secrets')).status).toBe(403);
  });

  test('cannot hide a statement in a parameter', async () => {
    const answer = await (
      await read('SELECT {text:String}', { param_text: "'; DROP TABLE posts; SELECT file('/etc/passwd')" })
    ).text();
    expect(answer).toBe("\\'; DROP TABLE posts; SELECT file(\\'/etc/passwd\\')\n");
    expect(await write('SELECT count() FROM posts')).toBe('3\n');
  });

  test('readonly=0 in the address changes nothing', async () => {
    expect(await (await read('SELECT 1', { readonly: '0' })).text()).toBe('1\n');
    expect((await read('DROP TABLE posts', { readonly: '0' })).status).toBe(403);
  });

  test('gets a million rows and no more', async () => {
    const fits = await (await read('SELECT number FROM numbers(1000000) FORMAT RowBinary')).arrayBuffer();
    expect(fits.byteLength).toBe(8_000_000);
    const tooMany = await read('SELECT number FROM numbers(1000001) ORDER BY number DESC FORMAT RowBinary')
      .then((response) => response.text())
      .catch(String);
    expect(tooMany).toMatch(/TOO_MANY_ROWS_OR_BYTES|terminated|aborted/);
  });

  test('may lower limits, which then hold', async () => {
    expect(await (await read('SELECT number FROM numbers(100)', { max_result_rows: '10' })).text()).toContain(
      'TOO_MANY_ROWS_OR_BYTES',
    );
    expect(
      await (
        await read('SELECT max(sipHash64(number)) FROM numbers(100000000000)', { max_execution_time: '1' })
      ).text(),
    ).toContain('TIMEOUT_EXCEEDED');
  });

  test('may not use more than its memory', async () => {
    const answer = await (await read('SELECT length(groupArray(number)) FROM numbers(1000000000)')).text();
    expect(answer).toContain('MEMORY_LIMIT_EXCEEDED');
  });

  test("lands in the service's database when its client asks for the default one", async () => {
    expect(await (await read('SELECT currentDatabase()', { database: 'default' })).text()).toBe('sharetrail\n');
  });

  test('has no other password than its own', async () => {
    const response = await ask(gateway.url, 'SELECT 1', { user: 'analyst', password: gateway.password });
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([403, '516']);
    await response.text();
  });
});

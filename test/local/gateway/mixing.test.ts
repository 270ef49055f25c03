import { ask, startGateway, type TestGateway } from './start-gateway.ts';

// In the engine itself, a session whose query failed can put its partial output in front of the next answer.
describe('answers after a failed query', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  const post = (statement: string) => ask(gateway.url, statement, { password: gateway.password });

  const failing = [
    'SELECT number, throwIf(number = 70000) FROM numbers(100000) FORMAT JSONEachRow',
    'SELECT throwIf(number = 3) FROM numbers(10) FORMAT JSON',
    'SELECT toUInt8(toString(number - 1)) FROM numbers(300000) FORMAT CSV',
    'SELECT 1 FORMAT NoSuchFormat',
    'SELECT * FROM no_such_table',
    'SELECT 1 x y z',
    "SELECT number, throwIf(number = 2000000, 'late') FROM numbers(3000000) FORMAT RowBinary",
    'SELECT sleepEachRow(0.01) FROM numbers(1000) SETTINGS max_execution_time = 0.05, max_block_size = 1 FORMAT Pretty',
    'SELECT groupArray(number) FROM numbers(100000000) SETTINGS max_memory_usage = 10000000 FORMAT Parquet',
  ];

  async function fails(statement: string): Promise<void> {
    // A failure half way cuts the connection, so reading may throw.
    const answer = await post(statement)
      .then((response) => response.text())
      .catch(() => 'cut off');
    expect(answer.length).toBeGreaterThan(0);
  }

  async function answersItself(number: number): Promise<void> {
    const small = await (await post(`SELECT ${number} AS n FORMAT JSONEachRow`)).text();
    expect(small).toBe(`{"n":${number}}\n`);
    const large = await (await post(`SELECT number + ${number} FROM numbers(40000) FORMAT RowBinary`)).arrayBuffer();
    expect(large.byteLength).toBe(320_000);
    expect(new DataView(large).getBigUint64(0, true)).toBe(BigInt(number));
  }

  test('one after the other', async () => {
    for (const [index, statement] of failing.entries()) {
      await fails(statement);
      await answersItself(1_000 + index);
    }
  });

  test('all at once, many times', async () => {
    for (let round = 0; round < 6; round += 1) {
      const broken = failing.map(fails);
      const whole = Array.from({ length: 30 }, (_, index) => answersItself(round * 100 + index));
      await Promise.all([...broken, ...whole]);
    }
  });

  test('a client that goes away in the middle leaves nothing behind', async () => {
    const leave = async () => {
      const gone = new AbortController();
      const response = await fetch(`${gateway.url}/`, {
        method: 'POST',
        body: 'SELECT number, toString(number) FROM numbers(50000000) FORMAT JSONEachRow',
        headers: { 'X-ClickHouse-User': 'sharetrail', 'X-ClickHouse-Key': gateway.password },
        signal: gone.signal,
      });
      await response.body?.getReader().read();
      gone.abort();
    };
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([leave(), leave()]);
      await Promise.all([1, 2, 3].map(answersItself));
    }
    expect(await runningQueries()).toBeLessThanOrEqual(1);
  });

  async function runningQueries(): Promise<number> {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const running = Number(await (await post('SELECT count() FROM system.processes')).text());
      if (running <= 1) return running;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return Number.POSITIVE_INFINITY;
  }
});

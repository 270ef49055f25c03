import { once } from 'node:events';
import { ask, startGateway, type TestGateway } from './start-gateway.ts';

describe('the pool of sessions', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  const post = (statement: string) => ask(gateway.url, statement, { password: gateway.password });
  const asAnalyst = (statement: string) =>
    ask(gateway.url, statement, { user: 'analyst', password: gateway.analystPassword });

  const scan = 'SELECT max(sipHash64(number, number, number)) FROM numbers(40000000)';
  const shortScan = 'SELECT max(sipHash64(number)) FROM numbers(20000000)';
  // A scalar subquery runs while the statement around it is still being read.
  const nestedScan = `SELECT (${scan}) + 1`;

  async function medianBeside(heavy: string): Promise<number> {
    const running = { done: false };
    const scanning = (async () => {
      while (!running.done) await (await post(heavy)).text();
    })();
    const times: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      const start = performance.now();
      expect(await (await post('SELECT 1')).text()).toBe('1\n');
      times.push(performance.now() - start);
    }
    running.done = true;
    await scanning;
    return times.toSorted((left, right) => left - right)[20] ?? Number.POSITIVE_INFINITY;
  }

  test.each([scan, nestedScan])('%s does not hold up SELECT 1', async (heavy) => {
    expect(await medianBeside(heavy)).toBeLessThan(100);
  });

  test('more queries than sessions wait for their turn', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => (await post(`SELECT ${index} + sleep(0.05)`)).text()),
    );
    expect(answers).toEqual(answers.map((_, index) => `${index}\n`));
  });

  test('too many waiting queries are told so', async () => {
    // Long enough that they pile up however slowly they are sent.
    const responses = await Promise.all(Array.from({ length: 400 }, () => post('SELECT sleep(0.2)')));
    const statuses = responses.map(({ status }) => status);
    await Promise.all(responses.map((response) => response.text()));
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    const refused = responses.find(({ status }) => status === 503);
    expect(refused?.headers.get('x-clickhouse-exception-code')).toBe('202');
    expect(await (await post('SELECT 1')).text()).toBe('1\n');
  });

  test('analysts cannot take all sessions from the service', async () => {
    const scans = Array.from({ length: 12 }, async () => (await asAnalyst(shortScan)).text());
    const start = performance.now();
    expect(await (await post('SELECT 1')).text()).toBe('1\n');
    expect(performance.now() - start).toBeLessThan(1_500);
    for (const answer of await Promise.all(scans)) expect(answer).toMatch(/^\d+\n$/);
  });

  test('a client that reads slowly gets everything and holds up nobody', async () => {
    const response = await post('SELECT toString(number) FROM numbers(3000000) FORMAT RowBinary');
    let bytes = 0;
    let reads = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      reads += 1;
      if (reads % 50 === 0) expect(await (await post('SELECT 1')).text()).toBe('1\n');
    }
    expect(bytes).toBe(22_888_890);
  });

  test('ends within seconds on SIGTERM, a running query or not', async () => {
    const own = await startGateway();
    const running = ask(own.url, 'SELECT max(sipHash64(number)) FROM numbers(100000000000)', { password: own.password })
      .then((response) => response.text())
      .catch(String);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const start = performance.now();
    own.process.kill('SIGTERM');
    const [code]: unknown[] = await once(own.process, 'exit');
    expect(performance.now() - start).toBeLessThan(8_000);
    expect(code).toBe(0);
    await running;
    await own.stop();
  });
});

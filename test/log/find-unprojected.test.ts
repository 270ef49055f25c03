import { buildRequest, openTestLog, startMs } from './build-request.ts';
import { startRedis, type TestRedis } from './start-redis.ts';

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

test('the first entry that each projector has still to store, trimmed or not', async () => {
  const log = await openTestLog(redis.url);
  try {
    expect(await log.unprojected()).toEqual({ graph: null, facts: null });
    const ids: Array<string | null> = [];
    for (let entry = 0; entry < 4; entry += 1) {
      const items = [
        { id: `a${entry}`, content: 1 },
        { id: `b${entry}`, content: 1 },
      ];
      ids.push((await log.append(buildRequest(items, startMs + entry * 1000))).entryId);
    }
    const [first, second, third, fourth] = ids;
    expect(await log.unprojected()).toEqual({ graph: first, facts: first });
    await log.publishProgress({ graphPosition: third ?? '', factsPosition: first ?? '' });
    expect(await log.unprojected()).toEqual({ graph: fourth, facts: second });
    await log.trimBelow(third ?? '');
    expect(await log.unprojected()).toEqual({ graph: fourth, facts: third });
    await log.publishProgress({ graphPosition: fourth ?? '', factsPosition: fourth ?? '' });
    expect(await log.unprojected()).toEqual({ graph: null, facts: null });
  } finally {
    log.close();
  }
});

test('what Redis holds is told against its limit, or against the machine where it has none', async () => {
  const log = await openTestLog(redis.url);
  const limited = await startRedis(['--maxmemory', '64mb']);
  const other = await openTestLog(limited.url);
  try {
    const { usedBytes, maxBytes } = await log.memory();
    expect(usedBytes).toBeGreaterThan(100_000);
    expect(maxBytes).toBeGreaterThan(200_000_000);
    expect((await other.memory()).maxBytes).toBe(64 * 1024 * 1024);
  } finally {
    log.close();
    other.close();
    await limited.stop();
  }
});

import type { Log } from '../../src/log/open-log.ts';
import { openTestLog } from './build-request.ts';
import { startRedis, type TestRedis } from './start-redis.ts';

let redis: TestRedis;
let log: Log;

beforeAll(async () => {
  redis = await startRedis();
  log = await openTestLog(redis.url);
});
afterAll(async () => {
  log.close();
  await redis.stop();
});

describe('the projectors state', () => {
  test('has one owner at a time, and a new epoch with each take-over', async () => {
    const first = await log.projectors.claim('facts', 'a', 60_000);
    expect(first).toEqual({ name: 'facts', owner: 'a', epoch: 1 });
    expect(await log.projectors.claim('facts', 'b', 60_000)).toBeNull();
    expect(await log.projectors.claim('facts', 'a', 60_000)).toEqual(first);
    if (first) expect(await log.projectors.release(first)).toBe('done');
    expect(await log.projectors.claim('facts', 'b', 60_000)).toMatchObject({ epoch: 2 });
  });

  test('fences an owner that slept beyond its lease, and shows the open range to the new one', async () => {
    const old = await log.projectors.claim('graph', 'a', 30);
    if (!old) throw new Error('nobody else holds the lease');
    const range = { first: '1-5', last: '9-7', extra: { cut: [1, 2] } };
    expect(await log.projectors.prepare(old, range)).toBe('done');
    await new Promise((resolve) => setTimeout(resolve, 60));
    const current = await log.projectors.claim('graph', 'b', 60_000);
    if (!current) throw new Error('the lease has run out');
    expect(current.epoch).toBe(old.epoch + 1);
    expect(await log.projectors.readState('graph')).toEqual({ epoch: current.epoch, position: '0-0', prepared: range });
    expect(await log.projectors.prepare(old, { ...range, last: '10-1' })).toBe('fenced');
    expect(await log.projectors.commit(old, '9-7')).toBe('fenced');
    expect(await log.projectors.renew(old, 1000)).toBe('fenced');
    expect(await log.projectors.release(old)).toBe('fenced');
    expect(await log.projectors.commit(current, '9-7')).toBe('done');
    expect(await log.projectors.readState('graph')).toMatchObject({ position: '9-7', prepared: null });
  });

  test('keeps a lease that ran out as long as nobody took it', async () => {
    const held = await log.projectors.claim('lineage', 'a', 20);
    if (!held) throw new Error('nobody else holds the lease');
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await log.projectors.renew(held, 60_000)).toBe('done');
    expect(await log.projectors.claim('lineage', 'b', 60_000)).toBeNull();
  });

  test('publishes progress field by field', async () => {
    expect(await log.readProgress()).toMatchObject({ graphPosition: '0-0', factsSeq: 0 });
    await log.publishProgress({ graphPosition: '5-1', graphSeq: 7 });
    await log.publishProgress({ factsSeq: 3 });
    expect(await log.readProgress()).toMatchObject({
      graphPosition: '5-1',
      graphSeq: 7,
      factsSeq: 3,
      lineageLinkSeq: 0,
    });
  });
});

import { randomUUID } from 'node:crypto';
import { keepQuality } from '../../../src/ingest/quality/keep-quality.ts';
import { openLog } from '../../../src/log/open-log.ts';
import { startRedis } from '../../log/start-redis.ts';

test('what Redis did not take is written down once it is back, and nothing twice', async () => {
  const redis = await startRedis();
  const log = await openLog({ url: redis.url, prefix: `{${randomUUID()}}`, idMemoryBytes: 1e6, answerTimeoutMs: 1000 });
  const acceptedAtMs = Date.now();
  const startMs = acceptedAtMs - (acceptedAtMs % 86_400_000);
  const faults: unknown[] = [];
  const told: number[] = [];
  const quality = keepQuality(
    {
      log,
      countRejected: (_item, count) => void told.push(count),
      countQuality: () => undefined,
      onFault: (fault) => void faults.push(fault),
    },
    { flushMs: 60_000, keptDays: 2 },
  );
  const sawRefused = () =>
    quality.saw({
      names: new Uint16Array(),
      corrections: new Uint8Array(),
      records: Buffer.alloc(0),
      refused: [{ eventName: 'post_view', code: 'wrong_type', field: '/data' }],
      result: { statuses: null, acceptedAtMs, windowStartMs: 0 },
    });
  try {
    sawRefused();
    await quality.flush();
    await redis.kill('SIGKILL');
    sawRefused();
    while (faults.length === 0) await quality.flush();
    sawRefused();
    await quality.flush();
    await redis.restart();
    for (let tries = 0; tries < 500 && !log.isConnected(); tries += 1)
      await new Promise((wait) => setTimeout(wait, 20));
    const expected = { 'post_view rejected': 3, 'post_view wrong_type /data': 3 };
    const read = async () => Object.fromEntries(await log.readQuality(startMs).catch(() => []));
    for (let tries = 0; tries < 500; tries += 1) {
      await quality.flush();
      if ((await read())['post_view rejected'] === 3) break;
      await new Promise((wait) => setTimeout(wait, 20));
    }
    expect(await read()).toEqual(expected);
    await quality.stop();
    expect(await read()).toEqual(expected);
    expect(told).toEqual([1, 1, 1]);
  } finally {
    log.close();
    await redis.stop();
  }
});

test('a day is dropped when it is old', async () => {
  const redis = await startRedis();
  const log = await openLog({ url: redis.url, prefix: `{${randomUUID()}}`, idMemoryBytes: 1e6, answerTimeoutMs: 1000 });
  try {
    await log.addQuality({ startMs: 0, dropAtMs: Date.now() + 400 }, new Map([['post_view accepted', 1]]));
    expect(await log.readQuality(0)).toEqual(new Map([['post_view accepted', 1]]));
    for (let tries = 0; tries < 500 && (await log.readQuality(0)).size > 0; tries += 1) {
      await new Promise((wait) => setTimeout(wait, 20));
    }
    expect(await log.readQuality(0)).toEqual(new Map());
  } finally {
    log.close();
    await redis.stop();
  }
});

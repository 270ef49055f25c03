import fc from 'fast-check';
import { runsOf } from '../../src/ledger/seq-runs.ts';
import type { Log } from '../../src/log/open-log.ts';
import { buildRequest, openTestLog, startMs } from './build-request.ts';
import { startRedis, type TestRedis } from './start-redis.ts';

const minute = 60_000;
let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

async function withLog(use: (log: Log) => Promise<void>): Promise<void> {
  const log = await openTestLog(redis.url);
  try {
    await use(log);
  } finally {
    log.close();
  }
}

const whole = { fromMs: 0, toMs: startMs + 1e12 };
let ids = 0;
const fresh = (count: number) => Array.from({ length: count }, () => ({ id: `clock-${ids++}`, content: 1 }));

describe('the time of acceptance', () => {
  test('never runs backwards between doors whose clocks differ by up to a minute', async () => {
    await withLog(async (log) => {
      const first = await log.append(buildRequest(fresh(1), startMs + 500));
      const behind = await log.append(buildRequest(fresh(2), startMs + 500 - minute));
      const ahead = await log.append(buildRequest(fresh(1), startMs + 700));
      expect([first, behind, ahead].map(({ acceptedAtMs }) => acceptedAtMs - startMs)).toEqual([500, 500, 700]);
      expect(behind.entryId).toBe(`2-${startMs + 500}`);
      expect((await log.readEntry(behind.entryId ?? ''))?.acceptedAtMs).toBe(startMs + 500);
      // What came in behind is counted where its events are.
      expect(await log.readLedger(whole)).toMatchObject([
        { minuteMs: startMs, received: 4, accepted: 4, firstSeq: 1, lastSeq: 4, gaps: '' },
      ]);
    });
  });

  test('of a request without anything new is held back too, so that it is counted in the same minute', async () => {
    await withLog(async (log) => {
      await log.append(buildRequest(fresh(1), startMs));
      const result = await log.append(buildRequest([], startMs - 1, 3));
      expect(result).toMatchObject({ acceptedAtMs: startMs, accepted: 0, originalSeq: 0 });
      expect(await log.readLedger(whole)).toMatchObject([{ received: 4, accepted: 1, rejected: 3 }]);
    });
  });

  test('lets a clock that was set back by more than a minute through, and keeps where the runs were broken off', async () => {
    await withLog(async (log) => {
      for (const atMs of [0, 5 * minute, 100, 200, 5 * minute, 0]) {
        await log.append(buildRequest(fresh(2), startMs + atMs));
      }
      expect(await log.readLedger(whole)).toMatchObject([
        { minuteMs: startMs, accepted: 8, firstSeq: 1, lastSeq: 12, gaps: '2-5,8-11,' },
        { minuteMs: startMs + 5 * minute, accepted: 4, firstSeq: 3, lastSeq: 10, gaps: '4-9,' },
      ]);
    });
  });

  test('gives each minute runs that hold exactly its accept numbers, whatever the clocks did', async () => {
    const step = fc.record({ atMs: fc.integer({ min: 0, max: 10 * minute }), count: fc.integer({ min: 0, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        await withLog(async (log) => {
          const expected = new Map<number, number[]>();
          let lastMs = 0;
          for (const { atMs, count } of steps) {
            const asked = startMs + atMs;
            const { acceptedAtMs, firstSeq, accepted } = await log.append(buildRequest(fresh(count), asked));
            expect(acceptedAtMs).toBe(asked < lastMs && lastMs - asked <= minute ? lastMs : asked);
            if (accepted > 0) lastMs = acceptedAtMs;
            const seqs = expected.get(acceptedAtMs - (acceptedAtMs % minute)) ?? [];
            for (let seq = firstSeq; seq < firstSeq + accepted; seq += 1) seqs.push(seq);
            if (accepted > 0) expected.set(acceptedAtMs - (acceptedAtMs % minute), seqs);
          }
          const minutes = await log.readLedger(whole);
          const found = minutes.map((found_) => {
            const seqs = runsOf(found_).flatMap(({ first, last }) =>
              Array.from({ length: last - first + 1 }, (_, place) => first + place),
            );
            return [found_.minuteMs, seqs];
          });
          expect(found).toEqual([...expected].sort(([left], [right]) => left - right));
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('a request of repeats', () => {
  test('learns the highest accept number among their originals, from either generation of ids', async () => {
    const log = await openTestLog(redis.url, 4000);
    try {
      const old = { id: 'old', content: 1, timestampMs: startMs };
      await log.append(buildRequest([{ id: 'first', content: 1 }, old]));
      // The memory turns over once: `old` is in the generation before the current one.
      for (let seq = 3; seq < 33; seq += 1) await log.append(buildRequest([{ id: `filler-${seq}`, content: 1 }]));
      const repeat = await log.append(buildRequest([old, { id: 'first', content: 1 }], startMs, 1));
      expect(repeat).toMatchObject({ accepted: 0, originalSeq: 2, statuses: ['duplicate', 'duplicate'] });
      const newer = await log.append(buildRequest([old, { id: 'filler-30', content: 1 }]));
      expect(newer.originalSeq).toBe(30);
      const conflict = await log.append(buildRequest([{ id: 'filler-31', content: 2 }]));
      expect(conflict).toMatchObject({ originalSeq: 0, statuses: ['conflict'] });
    } finally {
      log.close();
    }
  });
});

import fc from 'fast-check';
import type { ItemStatus } from '../../src/log/append.ts';
import type { Log } from '../../src/log/open-log.ts';
import { buildRequest, bytesOf, openTestLog, readAll, startMs, type TestItem } from './build-request.ts';
import { startRedis, type TestRedis } from './start-redis.ts';

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

async function withLog(use: (log: Log) => Promise<void>, idMemoryBytes?: number): Promise<void> {
  const log = await openTestLog(redis.url, idMemoryBytes);
  try {
    await use(log);
  } finally {
    log.close();
  }
}

/** What the door promises, told the plain way: one map without end, whole requests in order. */
class Model {
  readonly contents = new Map<string, number>();
  readonly stored: string[] = [];
  readonly counts = { accepted: 0, duplicate: 0, conflict: 0 };

  take(items: TestItem[]): ItemStatus[] {
    const taken = new Set<number>();
    return items.map((item) => {
      const status = this.#decide(item, taken);
      if (item.group && (status === 'accepted' || status === 'duplicate')) taken.add(item.group);
      if (status === 'accepted') {
        this.contents.set(item.id, item.content);
        this.stored.push(bytesOf(item).toString());
      }
      this.counts[status === 'postIdTaken' ? 'conflict' : status] += 1;
      return status;
    });
  }

  #decide(item: TestItem, taken: Set<number>): ItemStatus {
    const known = this.contents.get(item.id);
    if (known !== undefined) return known === item.content ? 'duplicate' : 'conflict';
    return item.group && taken.has(item.group) ? 'postIdTaken' : 'accepted';
  }
}

const item = fc.record({
  id: fc.oneof(
    fc.integer({ min: 0, max: 12 }).map((number) => `e${number}`),
    fc.constantFrom('\u{1F469}\u200d\u{1F4BB}', 'a b', '%', '\\', '\'"', 'é', '{}', '0', '中'),
  ),
  content: fc.constantFrom(1, 2, 2 ** 32 + 1, 2 ** 47),
  group: fc.constantFrom(0, 0, 0, 1, 2),
});

describe('append', () => {
  test('agrees with a plain model for any requests with repeats inside and across them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(item, { maxLength: 12 }), { minLength: 1, maxLength: 12 }),
        async (requests) => {
          await withLog(async (log) => {
            const model = new Model();
            for (const items of requests) {
              const expected = model.take(items);
              const result = await log.append(buildRequest(items, startMs, 1));
              expect(result.statuses ?? items.map(() => 'accepted')).toEqual(expected);
            }
            const found = await readAll(log);
            expect(found.map(({ text }) => text)).toEqual(model.stored);
            expect(found.map(({ seq }) => seq)).toEqual(model.stored.map((_, place) => place + 1));
            const [minute] = await log.readLedger({ fromMs: startMs, toMs: startMs + 60_000 });
            const received = requests.flat().length + requests.length;
            expect(minute).toMatchObject({ ...model.counts, received, rejected: requests.length });
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  test('remembers at least the newest generation through rotations, and says from when it may have forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 50, maxLength: 150 }),
        async (numbers) => {
          await withLog(async (log) => {
            const acceptedAt = new Map<string, number>();
            for (const [step, number] of numbers.entries()) {
              const id = `event-${number}`;
              const timestampMs = acceptedAt.get(id) ?? startMs + step * 1000;
              const result = await log.append(buildRequest([{ id, content: 1, timestampMs }], startMs + step * 1000));
              const isRepeat = acceptedAt.has(id);
              if (isRepeat && result.accepted === 1) expect(timestampMs).toBeLessThan(result.windowStartMs);
              if (!isRepeat) expect(result.accepted).toBe(1);
              acceptedAt.set(id, timestampMs);
            }
          }, 4000);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('marks as maybe late what an entry holds from before the window, and nothing else', async () => {
    await withLog(async (log) => {
      for (let number = 0; number < 60; number += 1) {
        await log.append(buildRequest([{ id: `e${number}`, content: 1 }], startMs + number * 1000));
      }
      const { startMs: windowStartMs } = await log.idWindow();
      expect(windowStartMs).toBeGreaterThan(startMs);
      const late = { id: 'e0', content: 1, timestampMs: startMs };
      const live = { id: 'new', content: 1, timestampMs: windowStartMs };
      const { entryId } = await log.append(buildRequest([late, live], startMs + 60_000));
      const entry = await log.readEntry(entryId ?? '');
      expect(entry?.items.map(({ mayBeLate }) => mayBeLate)).toEqual([true, false]);
    }, 4000);
  });

  test('is one step: concurrent requests from several connections accept each id once and balance the ledger', async () => {
    await withLog(async (log) => {
      const requests = Array.from({ length: 200 }, (_, number) =>
        buildRequest(
          Array.from({ length: 20 }, (_unused, place) => ({ id: `e${(number * 7 + place * 13) % 400}`, content: 1 })),
        ),
      );
      const results = await Promise.all(requests.map((request) => log.append(request)));
      const found = await readAll(log);
      expect(found.map(({ seq }) => seq)).toEqual(found.map((_, place) => place + 1));
      expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
      expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(found.length);
      const [minute] = await log.readLedger({ fromMs: startMs, toMs: startMs + 60_000 });
      expect(minute).toMatchObject({ received: 4000, accepted: found.length, duplicate: 4000 - found.length });
    });
  });

  test('takes 10,000 items at once and finds each id again', async () => {
    await withLog(async (log) => {
      const items = Array.from({ length: 10_000 }, (_, number) => ({ id: `e${number}`, content: number }));
      const result = await log.append(buildRequest(items));
      expect(result).toMatchObject({ firstSeq: 1, accepted: 10_000, statuses: null, entryId: `1-${startMs}` });
      expect(await log.findSeqOfId('e7777')).toBe(7778);
      expect(await log.findSeqOfId('unknown')).toBeNull();
      expect((await log.readEntryOfSeq(7778))?.id).toBe(result.entryId);
      const again = await log.append(buildRequest(items));
      expect(again).toMatchObject({ accepted: 0, entryId: null });
      expect(again.statuses?.every((status) => status === 'duplicate')).toBe(true);
    }, 256_000_000);
  });

  test('refuses ids and records that do not match, writing nothing', async () => {
    await withLog(async (log) => {
      const request = buildRequest([{ id: 'a', content: 1 }]);
      await expect(log.append({ ...request, records: Buffer.alloc(0) })).rejects.toThrow('differ in number');
      expect(await log.lastSeq()).toBe(0);
      expect(await log.readLedger({ fromMs: 0, toMs: startMs * 2 })).toEqual([]);
    });
  });
});

import { type CheckDeps, checkLedger } from '../../src/ledger/check-ledger.ts';
import type { MinuteReport } from '../../src/ledger/compose-minutes.ts';
import { copyLedger } from '../../src/ledger/copy-ledger.ts';
import { type Books, openBooks, range } from './open-books.ts';

const minute = 60_000;
const hour = 60 * minute;
const startMs = Date.UTC(2026, 0, 1, 12);
const limits = { looks: 1, pauseMs: 0, recentMinutes: 120, sweepMinutes: 60, lookAgainAt: 10, shownMinutes: 2 };
let books: Books;
let told: Array<{ minutes: number; first: MinuteReport[] }>;

beforeAll(async () => {
  books = await openBooks();
}, 60_000);
beforeEach(async () => {
  told = [];
  await books.clear();
});
afterAll(() => books.close());

function depsAt(nowMs: number): CheckDeps {
  return { ...books, now: () => nowMs, onUnbalanced: (found) => void told.push(found) };
}
const check = async (nowMs: number) => {
  const { unbalanced } = await checkLedger(depsAt(nowMs), limits);
  return unbalanced.map(({ minuteMs, looks }) => [(minuteMs - startMs) / minute, looks]);
};

/** One minute with five events, all in both stores. */
async function fill(atMs: number): Promise<void> {
  const { firstSeq } = await books.takeIn({ accepted: 5, atMs });
  await books.store(range(firstSeq, firstSeq + 4), atMs);
  await books.tally(atMs, { seq: firstSeq + 4, stored: 5 });
  await books.reach({ graphSeq: firstSeq + 4, factsSeq: firstSeq + 4 });
}

describe('checking the ledger', () => {
  test('finds nothing where all is well, and leaves the minute that has not ended alone', async () => {
    await fill(startMs);
    await books.takeIn({ accepted: 3, atMs: startMs + minute });
    await books.store([6, 6], startMs + minute);
    await books.reach({ factsSeq: 6 });
    expect(await check(startMs + minute + 500)).toEqual([]);
    expect(await check(startMs + 2 * minute)).toEqual([[1, 1]]);
  });

  test('tells once of a minute that stays out of balance, with its numbers, and forgets it when it is repaired', async () => {
    await fill(startMs);
    await fill(startMs + minute);
    await books.facts.command('ALTER TABLE events DELETE WHERE accept_seq = 7 SETTINGS mutations_sync = 2');
    const nowMs = startMs + 10 * minute;
    expect(await check(nowMs)).toEqual([[1, 1]]);
    expect(told).toEqual([]);
    expect(await check(nowMs)).toEqual([[1, 2]]);
    expect(told).toMatchObject([{ minutes: 1, first: [{ accepted: 5, stored: 4, stores: { facts: { stored: 4 } } }] }]);
    expect(await check(nowMs)).toEqual([[1, 3]]);
    expect(told).toHaveLength(1);
    await books.store([7], startMs + minute);
    expect(await check(nowMs)).toEqual([]);
    expect(await books.log.readLedgerCheck()).toMatchObject({ unbalanced: [] });
  });

  test('comes to older minutes in turn, and keeps looking at one that was wrong', async () => {
    for (const hours of [0, 1, 2]) await fill(startMs + hours * hour);
    await copyLedger(
      { log: books.log, facts: books.facts, now: () => startMs + 40 * hour },
      { copyAfterMs: hour, keepCopiedMs: hour, minutesAtOnce: 100 },
    );
    await books.tally(startMs + hour, { stored: 4 });
    const found: unknown[] = [];
    for (let look = 0; look < 4; look += 1) found.push(await check(startMs + 9 * hour));
    expect(found).toEqual([[], [[60, 1]], [[60, 2]], [[60, 3]]]);
    await books.tally(startMs + hour, { stored: 5 });
    expect(await check(startMs + 9 * hour)).toEqual([]);
    // Round again, from the oldest minute on.
    for (let look = 0; look < 3; look += 1) expect(await check(startMs + 9 * hour)).toEqual([]);
    await books.tally(startMs, { stored: 4 });
    const swept: unknown[] = [];
    for (let look = 0; look < 8; look += 1) swept.push(...(await check(startMs + 9 * hour)));
    expect(swept[0]).toEqual([0, 1]);
  });
});

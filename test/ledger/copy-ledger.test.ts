import { copyLedger } from '../../src/ledger/copy-ledger.ts';
import { findCopies, findDoorCounts } from '../../src/ledger/find-door-counts.ts';
import { type Books, openBooks } from './open-books.ts';

const minute = 60_000;
const hour = 60 * minute;
const startMs = Date.UTC(2026, 0, 1, 12);
const limits = { copyAfterMs: hour, keepCopiedMs: hour, minutesAtOnce: 1000 };
const range = { fromMs: startMs - hour, toMs: startMs + 24 * hour };
let books: Books;

beforeAll(async () => {
  books = await openBooks();
}, 60_000);
beforeEach(() => books.clear());
afterAll(() => books.close());

const copyAt = (nowMs: number) => copyLedger({ log: books.log, facts: books.facts, now: () => nowMs }, limits);
const counted = () => findDoorCounts(books, range);
const held = async () => (await books.log.readLedger(range)).map(({ minuteMs }) => (minuteMs - startMs) / minute);

describe('copying the ledger', () => {
  test('takes minutes that ended an hour ago, and drops them an hour later, and nobody reads another number', async () => {
    await books.takeIn({ accepted: 3, duplicate: 1, atMs: startMs });
    await books.takeIn({ accepted: 2, rejected: 4, atMs: startMs + minute });
    await books.takeIn({ accepted: 5, atMs: startMs + 2 * hour });
    const before = await counted();
    expect(before.map(({ received }) => received)).toEqual([4, 6, 5]);
    expect(await copyAt(startMs + hour)).toEqual({ copied: 0, dropped: 0 });
    expect(await copyAt(startMs + hour + 2 * minute)).toEqual({ copied: 1, dropped: 0 });
    expect(await copyAt(startMs + hour + 5 * minute)).toEqual({ copied: 1, dropped: 0 });
    expect(await copyAt(startMs + hour + 5 * minute)).toEqual({ copied: 0, dropped: 0 });
    expect(await counted()).toEqual(before);
    // The newest of what is old stays, for the trimming of the log.
    expect(await copyAt(startMs + 2 * hour + minute)).toEqual({ copied: 0, dropped: 0 });
    expect(await copyAt(startMs + 2 * hour + 5 * minute)).toEqual({ copied: 0, dropped: 1 });
    expect(await held()).toEqual([1, 120]);
    expect(await books.log.lastSeqBefore(startMs + 2 * hour)).toBe(5);
    expect(await copyAt(startMs + 9 * hour)).toEqual({ copied: 1, dropped: 1 });
    expect(await copyAt(startMs + 11 * hour)).toEqual({ copied: 0, dropped: 0 });
    expect(await held()).toEqual([120]);
    expect(await books.log.lastSeqBefore(startMs + 9 * hour)).toBe(10);
    expect(await counted()).toEqual(before);
  });

  test('keeps in the log what is not found in the facts, and copies it again', async () => {
    await books.takeIn({ accepted: 1, atMs: startMs });
    await books.takeIn({ accepted: 1, atMs: startMs + minute });
    await copyAt(startMs + 3 * hour);
    await books.facts.command('TRUNCATE TABLE ledger');
    expect(await copyAt(startMs + 5 * hour)).toEqual({ copied: 0, dropped: 0 });
    expect(await held()).toEqual([0, 1]);
    expect((await findCopies(books, range)).size).toBe(1);
    expect(await copyAt(startMs + 7 * hour)).toEqual({ copied: 0, dropped: 1 });
  });

  test('copies again what was counted into a minute after it had been copied', async () => {
    await books.takeIn({ accepted: 2, atMs: startMs });
    await copyAt(startMs + 2 * hour);
    await books.takeIn({ accepted: 1, duplicate: 1, atMs: startMs + 5 });
    expect(await copyAt(startMs + 2 * hour)).toMatchObject({ copied: 1 });
    expect(await counted()).toMatchObject([{ received: 4, accepted: 3, firstSeq: 1, lastSeq: 3 }]);
  });

  test('adds up a minute that begins anew after it was dropped, before and after it is copied again', async () => {
    await books.takeIn({ accepted: 2, rejected: 1, atMs: startMs });
    await books.takeIn({ accepted: 3, atMs: startMs + 4 * hour });
    await copyAt(startMs + 8 * hour);
    expect(await copyAt(startMs + 9 * hour)).toMatchObject({ dropped: 1 });
    // The clock is set back by hours.
    await books.takeIn({ accepted: 4, atMs: startMs + 10 });
    const sum = { received: 7, accepted: 6, rejected: 1, firstSeq: 1, lastSeq: 9, gaps: '2-6,' };
    expect((await counted())[0]).toMatchObject(sum);
    expect(await copyAt(startMs + 9 * hour)).toMatchObject({ copied: 1 });
    expect((await counted())[0]).toMatchObject(sum);
    await books.takeIn({ accepted: 1, atMs: startMs + 20 });
    await copyAt(startMs + 9 * hour);
    await copyAt(startMs + 11 * hour);
    expect((await counted())[0]).toMatchObject({ ...sum, received: 8, accepted: 7, lastSeq: 10 });
    expect(await held()).toEqual([240]);
  });
});

import { z } from 'zod';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { type Books, openBooks, range } from './open-books.ts';

const minute = 60_000;
const startMs = Date.UTC(2026, 0, 1, 12);
const looking = { looks: 1, pauseMs: 0 };
let books: Books;

beforeAll(async () => {
  books = await openBooks();
}, 60_000);
beforeEach(() => books.clear());
afterAll(() => books.close());

const read = (fromMs = startMs, toMs = startMs + 60 * minute) =>
  readLedger(books, { fromMs, toMs, limit: 100, afterMs: 0 }, looking);

describe('the books', () => {
  test('count what is in flight from positions, each store by its own', async () => {
    await books.takeIn({ accepted: 10, duplicate: 3, rejected: 2, atMs: startMs + 5 });
    await books.store(range(1, 8), startMs + 5);
    await books.tally(startMs, { seq: 4, stored: 1, notForThisStore: 3 });
    // The facts hold more than they have committed: it is not counted yet.
    await books.reach({ graphSeq: 4, factsSeq: 6 });
    const { items, totals, total } = await read();
    expect(total).toBe(1);
    const came = { received: 15, accepted: 10, duplicate: 3, conflict: 0, rejected: 2 };
    expect(items[0]).toMatchObject({ minuteMs: startMs, ...came, stored: 4, inFlight: 6, balanced: true });
    expect(items[0]?.stores.facts).toMatchObject({ stored: 6, inFlight: 4, notForThisStore: 0, balanced: true });
    expect(items[0]?.stores.graph).toMatchObject({ stored: 1, notForThisStore: 3, inFlight: 6, balanced: true });
    expect(totals).toMatchObject({ ...came, stored: 4, inFlight: 6, balanced: true });
  });

  test('tell a late repeat, a refused post and dead letters of either stage apart', async () => {
    await books.takeIn({ accepted: 10, atMs: startMs });
    await books.store([1, 2, 3, 4, 7, 8, 10], startMs);
    await books.addOutcome(5, 'lateDuplicate', startMs);
    await books.addOutcome(6, 'lateConflict', startMs);
    await books.addLetter(9, 'facts', startMs);
    await books.addLetter(9, 'graph', startMs);
    // 7: the post's id was taken. 8: the graph could not take it, and its letter is not written yet.
    await books.graph.command(`CREATE (:Refusal {acceptSeq: 7, code: 'post_id_taken'}),
      (:Refusal {acceptSeq: 8, status: 'deadLettered', told: false}), (:Refusal {acceptSeq: 9, status: 'deadLettered'})`);
    const graph = { stored: 3, notForThisStore: 2, lateDuplicate: 1, lateConflict: 2, deadLettered: 2 };
    await books.tally(startMs, { seq: 10, ...graph });
    await books.reach({ graphSeq: 10, factsSeq: 10 });
    const [line] = (await read()).items;
    expect(line).toMatchObject({
      stored: 5,
      deadLettered: 2,
      lateDuplicate: 1,
      lateConflict: 2,
      inFlight: 0,
      balanced: true,
    });
    expect(line?.stores.facts).toMatchObject({ stored: 7, deadLettered: 1, lateDuplicate: 1, lateConflict: 1 });
    expect(line?.stores.graph).toMatchObject({ ...graph, balanced: true });
  });

  test('count pending and quarantined posts of the range, and no dead letter among them', async () => {
    await books.takeIn({ accepted: 6, atMs: startMs });
    await books.takeIn({ accepted: 2, atMs: startMs + minute });
    await books.store(range(1, 6), startMs);
    await books.store([7], startMs + minute);
    await books.addLetter(8, 'facts', startMs + minute);
    await books.tally(startMs, { seq: 6, stored: 6 });
    await books.tally(startMs + minute, { seq: 8, stored: 2 });
    await books.graph.command(`CREATE (:Post {id: 'a', state: 'pending', waitsFor: 'x', acceptSeq: 2}),
      (:Post {id: 'b', state: 'pending', waitsFor: 'x', acceptSeq: 3}),
      (:Post {id: 'c', state: 'quarantined', claimedParentId: 'x', acceptSeq: 4}),
      (:Post {id: 'd', state: 'pending', waitsFor: 'x', acceptSeq: 8}), (:Post {id: 'e', state: 'linked', acceptSeq: 5})`);
    await books.reach({ graphSeq: 8, factsSeq: 8 });
    const { items, totals } = await read();
    expect(items[0]).toMatchObject({ stored: 6, pending: 2, quarantined: 1, balanced: true });
    expect(items[1]).toMatchObject({ stored: 1, deadLettered: 1, pending: 0, balanced: true });
    expect(items[1]?.stores.graph).toMatchObject({ stored: 2, pending: 1 });
    expect(totals).toMatchObject({ pending: 2, quarantined: 1, stored: 7, balanced: true });
  });

  test('follow a clock that was set back, through every run of a minute', async () => {
    for (const [atMs, seqs] of [
      [startMs, range(1, 3)],
      [startMs + 5 * minute, range(4, 6)],
      [startMs + 100, range(7, 9)],
    ] as const) {
      await books.takeIn({ accepted: 3, atMs });
      await books.store(seqs, atMs);
    }
    await books.tally(startMs, { seq: 7, stored: 4 });
    await books.tally(startMs + 5 * minute, { seq: 6, stored: 3 });
    await books.reach({ graphSeq: 7, factsSeq: 5 });
    const { items } = await read();
    expect(items.map(({ accepted, inFlight, balanced }) => [accepted, inFlight, balanced])).toEqual([
      [6, 3, true],
      [3, 1, true],
    ]);
    expect(items[0]?.stores.graph).toMatchObject({ inFlight: 2, balanced: true });
  });
});

describe('books that were damaged by hand', () => {
  beforeEach(async () => {
    await books.takeIn({ accepted: 5, atMs: startMs });
    await books.store(range(1, 5), startMs);
    await books.tally(startMs, { seq: 5, stored: 5 });
    await books.reach({ graphSeq: 5, factsSeq: 5 });
    expect((await read()).totals.balanced).toBe(true);
  });

  const storesOf = async () => {
    const { items, totals } = await read();
    expect(totals.balanced).toBe(false);
    return items.map(({ balanced, stores }) => [balanced, stores.graph.balanced, stores.facts.balanced]);
  };

  test('show a row that was deleted', async () => {
    await books.facts.command('ALTER TABLE events DELETE WHERE accept_seq = 3 SETTINGS mutations_sync = 2');
    expect(await storesOf()).toEqual([[false, true, false]]);
  });

  test('show a row too many', async () => {
    await books.store([4], startMs + 1);
    expect(await storesOf()).toEqual([[false, true, false]]);
  });

  test('show a row of a minute in which nothing came in', async () => {
    await books.store([4], startMs + 3 * minute);
    expect(await storesOf()).toEqual([
      [true, true, true],
      [false, true, false],
    ]);
  });

  test('show a tally that is wrong, and one that is gone', async () => {
    await books.tally(startMs, { stored: 4 });
    expect(await storesOf()).toEqual([[false, false, true]]);
    await books.graph.command('MATCH (tally:Tally) DELETE tally');
    expect(await storesOf()).toEqual([[false, false, true]]);
  });

  // A tally counts what was taken, not what is there now: only a comparison of the stores finds a post that was deleted.
  test('do not show a post that was deleted', async () => {
    await books.graph.command("CREATE (:Post {id: 'p', state: 'linked', acceptSeq: 2})");
    await books.graph.command("MATCH (post:Post {id: 'p'}) DELETE post");
    expect((await read()).totals.balanced).toBe(true);
  });
});

const takeStep = {
  path: 'a batch of the graph projector: tally and cursor in one transaction',
  text: `MERGE (tally:Tally {minuteMs: $minuteMs})
    SET tally.stored = coalesce(tally.stored, 0) + $count, tally.seq = $seq
    MERGE (cursor:Cursor {stream: '0'}) SET cursor.seq = $seq`,
  params: z.object({ minuteMs: z.number(), count: z.number(), seq: z.number() }),
  row: z.object({}),
};

describe('the books under load', () => {
  test('balance at each of 50 readings while events come in and go to both stores', async () => {
    const stopping = new AbortController();
    const entries: Array<{ first: number; last: number; atMs: number }> = [];
    const write = async () => {
      for (let step = 0; !stopping.signal.aborted; step += 1) {
        const atMs = startMs + step * 5000;
        const { firstSeq, accepted } = await books.takeIn({ accepted: 7, duplicate: 2, rejected: 1, atMs });
        entries.push({ first: firstSeq, last: firstSeq + accepted - 1, atMs });
      }
    };
    const follow = async (take: (entry: { first: number; last: number; atMs: number }) => Promise<void>) => {
      for (let at = 0; !stopping.signal.aborted; ) {
        const entry = entries[at];
        if (entry === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
        else {
          await take(entry);
          at += 1;
        }
      }
    };
    const loading = [
      write(),
      follow(async ({ first, last, atMs }) => {
        await books.store(range(first, last), atMs);
        await books.reach({ factsSeq: last });
      }),
      follow(async ({ first, last, atMs }) => {
        const minuteMs = atMs - (atMs % minute);
        await books.graph.write(takeStep, { minuteMs, count: last - first + 1, seq: last });
      }),
    ];
    const unbalanced: unknown[] = [];
    for (let reading = 0; reading < 50; reading += 1) {
      const asked = { fromMs: startMs, toMs: startMs + 30 * 24 * 60 * minute, limit: 1000, afterMs: 0 };
      const { items } = await readLedger(books, asked, { looks: 3, pauseMs: 20 });
      unbalanced.push(...items.filter(({ balanced }) => !balanced));
    }
    stopping.abort();
    await Promise.all(loading);
    expect(entries.length).toBeGreaterThan(50);
    expect(unbalanced).toEqual([]);
  }, 120_000);
});

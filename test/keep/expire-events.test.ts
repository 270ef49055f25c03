import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { factsReplayParts } from '../../src/compose/replay/facts-parts.ts';
import { eventsOfKind, passingKinds } from '../../src/event/expiring-kinds.ts';
import { newestAppliedFacts } from '../../src/facts/migrate-facts.ts';
import { readMonth } from '../../src/keep/archive/month.ts';
import { restoreArchive } from '../../src/keep/archive/restore-archive.ts';
import { type ArchiveDeps, writeArchive } from '../../src/keep/archive/write-archive.ts';
import { type ExpiryDeps, expireEvents } from '../../src/keep/retention/expire-events.ts';
import { withBegun } from '../../src/keep/retention/remember-begun.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { openRepairs } from '../../src/project/open-repairs.ts';
import { withFreshTable } from '../../src/project/rebuild/fresh-table.ts';
import { readLateItemsStatement } from '../../src/replay/fill/lost-items.ts';
import { replayFacts } from '../../src/replay/replay-facts.ts';
import { verifyStores } from '../../src/verify/verify-stores.ts';
import { crashAfter, crashingFacts } from '../project/crash-at.ts';
import { type FilledStores, fill, monthOfEvents, openFilledStores } from '../replay/filled-stores.ts';
import { openTestLog } from '../setup/open-test-log.ts';

const dayMs = 86_400_000;
const month = monthOfEvents(300, 100);
const passing = passingKinds.flatMap(eventsOfKind);
const folder = mkdtempSync(join(tmpdir(), 'expire-'));
const nowMs = Date.now();

let stores: FilledStores;
let held: { passing: number; lasting: number };

beforeAll(async () => {
  const opened = await openFilledStores();
  opened.log.close();
  // A door that forgets ids at once, so that repeats come that only the facts can tell.
  stores = { ...opened, log: await openTestLog(8_000) };
  // The first request once more after the door has forgotten it.
  await fill(stores, [...month, ...month.slice(0, 1)]);
  held = await countRows();
}, 180_000);
afterAll(async () => {
  await factsReplayParts(stores.config, stores, () => undefined).fresh.drop();
  stores.log.close();
  await Promise.all([stores.graph.close(), stores.facts.close()]);
}, 60_000);

/** One run, some days from now; it may crash after a number of calls. */
async function expire(daysOn: number, crashAt = Number.POSITIVE_INFINITY): Promise<number> {
  const { facts: whole, log, config } = stores;
  const count = crashAfter(crashAt);
  const facts: ExpiryDeps['facts'] = {
    ...crashingFacts(whole, count),
    run: (statement, params) => count(() => whole.run(statement, params)),
  };
  const settings = { days: config.retention.days, eventsAtOnce: 70, maxEvents: 1_000_000 };
  const { expired } = await withBegun(log, 5000, (unfinished) =>
    expireEvents({ facts, unfinished, now: () => nowMs + daysOn * dayMs }, settings),
  );
  return expired;
}

async function countRows(): Promise<{ passing: number; lasting: number }> {
  const [row] = await stores.facts.select(
    {
      path: 'rows of events that pass, and of others',
      text: 'SELECT countIf(event_name IN {passing:Array(String)}) AS passing, count() - passing AS lasting FROM events',
      params: z.object({ passing: z.array(z.string()) }),
      row: z.object({ passing: z.number(), lasting: z.number() }),
    },
    { passing },
  );
  return row ?? { passing: 0, lasting: 0 };
}

async function readBooks() {
  const range = { fromMs: nowMs - dayMs, toMs: nowMs + dayMs };
  const { totals } = await readLedger(stores, { ...range, limit: 1, afterMs: 0 }, { looks: 1, pauseMs: 0 });
  return totals;
}

async function findDiffering(): Promise<object[]> {
  const limits = stores.config.verify;
  const { checks } = await verifyStores({ ...stores, now: Date.now, onProgress: () => undefined, limits });
  return checks.filter((check) => !check.ok);
}

async function archiveDeps(): Promise<ArchiveDeps & { facts: FilledStores['facts'] }> {
  const { facts } = stores;
  return {
    facts,
    withFreshEvents: (suffix, work) => withFreshTable({ facts }, 'events', work, suffix),
    schema: await newestAppliedFacts(facts),
    now: Date.now,
  };
}

describe('events that are older than they are kept', () => {
  test('stay as long as they are kept', async () => {
    expect(held.passing).toBeGreaterThan(100);
    expect(await expire(799)).toBe(0);
    expect(await countRows()).toEqual(held);
    await writeArchive(await archiveDeps(), readMonth(new Date(nowMs).toISOString().slice(0, 7)), folder);
  }, 60_000);

  test('expire once, wherever the work is stopped, and the books balance all the way', async () => {
    const before = await readBooks();
    expect(before).toMatchObject({ balanced: true, expired: 0 });
    for (let crashAt = 1; ; crashAt += 1) {
      const ended = await expire(802, crashAt).then(
        () => true,
        (fault: Error) => fault.message,
      );
      const { accepted, stored, expired, balanced, stores: each } = await readBooks();
      expect({ accepted, known: stored + expired, balanced }).toEqual({
        accepted: before.accepted,
        known: before.stored,
        balanced: true,
      });
      expect([each.graph.expired, each.facts.expired]).toEqual([0, expired]);
      if (ended === true) break;
      expect(ended).toBe('crashed');
      // Nothing is missing, doubled or to be rebuilt in between either.
      const repairs = openRepairs(stores, stores.config.reconcile.repair);
      const stretch = { fromSeq: 1, toSeq: await stores.log.lastSeq(), size: 1000 };
      expect(await repairs.checkNumbers(stretch)).toEqual({ missing: [], doubled: [] });
      expect(await repairs.checkDerived(stretch)).toEqual([]);
    }
    expect(await countRows()).toEqual({ passing: 0, lasting: held.lasting });
    expect(await readBooks()).toMatchObject({ expired: held.passing });
    expect(await findDiffering()).toEqual([]);
    expect(await expire(802)).toBe(0);
  }, 120_000);

  test('are still told from new ones when they come again', async () => {
    const { lateDuplicate } = await readBooks();
    await fill(stores, month.slice(1, 2));
    const after = await readBooks();
    expect(after.lateDuplicate).toBeGreaterThan(lateDuplicate);
    expect(after).toMatchObject({ balanced: true, expired: held.passing });
    expect(await countRows()).toEqual({ passing: 0, lasting: held.lasting });
    expect(await findDiffering()).toEqual([]);
  }, 60_000);

  test('have expired in a replay too', async () => {
    const parts = factsReplayParts(stores.config, stores, () => undefined);
    const request = { from: 'facts', swap: false, acceptDifference: false, again: true } as const;
    const { comparison } = await replayFacts(parts, request, stores.config.replay);
    expect(comparison).toMatchObject({ equal: true, examples: [] });
    const gone = await stores.facts.select(readLateItemsStatement, { fromSeq: 1, toSeq: 1_000_000 });
    const expired = gone.filter(({ isLate }) => !isLate);
    expect(expired).toHaveLength(held.passing);
    expect(expired.every(({ eventName }) => passing.some((name) => name === eventName))).toBe(true);
  }, 120_000);

  test('come back from an archive, and have not expired any more', async () => {
    const file = join(folder, `events-${new Date(nowMs).toISOString().slice(0, 7)}.parquet`);
    expect(await restoreArchive(await archiveDeps(), file)).toMatchObject({ restored: held.passing });
    expect(await countRows()).toEqual(held);
    expect(await readBooks()).toMatchObject({ balanced: true, expired: 0 });
    expect(await findDiffering()).toEqual([]);
    expect(await expire(802)).toBe(held.passing);
    expect(await findDiffering()).toEqual([]);
  }, 120_000);
});

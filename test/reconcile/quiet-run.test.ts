import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { runCounts, runDisagreeing, runStretches } from '../../src/reconcile/pass/run-levels.ts';
import { runPass } from '../../src/reconcile/pass/run-pass.ts';
import { takeTurn } from '../../src/reconcile/pass/take-turn.ts';
import type { Report } from '../../src/reconcile/runs/report.ts';
import { canonicalDump } from './canonical-dump.ts';
import { driftEvents, sendAll } from './drift-events.ts';
import { openWholeStores, type WholeStores } from './whole-stores.ts';

const limitMs = 900_000;
const writingMs = 60_000;
let stores: WholeStores;

beforeAll(async () => {
  stores = await openWholeStores({ stretchesAtOnce: 2 });
}, limitMs);
afterAll(async () => {
  await stores.close();
}, limitMs);

const repaired = {
  path: 'what was ever repaired',
  text: 'SELECT kind, subject FROM repairs',
  params: z.object({}),
  row: z.object({ kind: z.string(), subject: z.string() }),
};

/** Late parents, so that cascades wait, are linked, turn out to be shares, and are written anew all the time. */
function shuffled(events: readonly object[], seed: number): object[] {
  return events
    .map((event, place) => ({ event, order: (Math.imul(place + 1, 0x9e37_79b1) ^ Math.imul(seed, 0x85eb_ca6b)) >>> 0 }))
    .sort((left, right) => left.order - right.order)
    .map(({ event }) => event);
}

test(
  'a minute of writes, with passes of every level all the time, repairs nothing',
  async () => {
    const endMs = Date.now() + writingMs;
    const writing = (async () => {
      for (let seed = 1; Date.now() < endMs; seed += 1) {
        await sendAll(stores.log, shuffled(driftEvents(`q${randomUUID().slice(0, 8)}`, 3), seed), 20);
      }
    })();
    const reports: Report[] = [];
    while (Date.now() < endMs) {
      for (const level of [runCounts, runStretches, runDisagreeing]) {
        const { projectors } = stores.log;
        await takeTurn({ projectors }, 60_000, Date.now, async (place) => {
          const turned = await level(stores.pass, place, stores.limits);
          reports.push(turned.report);
          return turned.place;
        });
      }
      reports.push(await runPass(stores.pass, { level: 'all', dryRun: false }, stores.limits));
    }
    await writing;
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.flatMap((report) => report.repairs)).toEqual([]);
    expect(reports.map((report) => report.stopped).join('')).toBe('');
    expect(await stores.facts.select(repaired, {})).toEqual([]);
    await stores.settle();
    const before = await canonicalDump(stores);
    expect(await runPass(stores.pass, { level: 'all', dryRun: false }, stores.limits)).toMatchObject({
      differing: 0,
      repairs: [],
      labelled: [],
    });
    expect(await canonicalDump(stores)).toEqual(before);
    expect(stores.faults).toEqual([]);
  },
  limitMs,
);

import { randomUUID } from 'node:crypto';
import { openRepairs } from '../../src/project/open-repairs.ts';
import { runPass } from '../../src/reconcile/pass/run-pass.ts';
import { allAgree, type Report } from '../../src/reconcile/runs/report.ts';
import { crashPoints } from '../setup/crash-points.ts';
import { type CanonicalDump, canonicalDump } from './canonical-dump.ts';
import { driftEvents, sendAll } from './drift-events.ts';
import { failingAfter } from './failing-stores.ts';
import { openWholeStores, repairLimits, type WholeStores } from './whole-stores.ts';

const limitMs = 600_000;
const name = `r${randomUUID().slice(0, 6)}`;
let stores: WholeStores;
let right: CanonicalDump;

beforeAll(async () => {
  stores = await openWholeStores();
  await sendAll(stores.log, driftEvents(name));
  await stores.settle();
  right = await canonicalDump(stores);
}, limitMs);
afterAll(async () => {
  await stores.close();
}, limitMs);

type Changed = Partial<WholeStores['limits']>;
const pass = (dryRun = false, changed: Changed = {}): Promise<Report> =>
  runPass(stores.pass, { level: 'all', dryRun }, { ...stores.limits, ...changed });

const inGraph = (text: string): Promise<void> => stores.graph.command(text.replaceAll('$', `${name}-`));
const inFacts = (text: string): Promise<void> => stores.facts.command(text.replaceAll('$', `${name}-`));

const loseParent = "MATCH (p:Post {id: '$r3s1'}) DETACH DELETE p";
const loseEdges = "MATCH (c:Post)-[e:SHARED_FROM]->() WHERE c.id =~ '$r[0-3]s6' DELETE e";

test(
  'a dry run says what it would repair, and changes nothing',
  async () => {
    await inGraph(loseParent);
    await inFacts("DELETE FROM shares WHERE share_id = '$r6s4'");
    const damaged = await canonicalDump(stores);
    const dry = await pass(true);
    expect(await canonicalDump(stores)).toEqual(damaged);
    expect(dry.repaired).toBe(0);
    expect(dry.repairs.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['derived_stale', 'post_missing']));
    expect(allAgree(dry)).toBe(false);
    await pass();
    expect(await canonicalDump(stores)).toEqual(right);
  },
  limitMs,
);

test(
  'a run that would repair half of everything stops before it repairs anything',
  async () => {
    await inGraph(loseEdges);
    const damaged = await canonicalDump(stores);
    const stopped = await pass(false, { minRepairs: 3, maxRepairShare: 0.01 });
    expect(stopped).toMatchObject({ repaired: 0, stopped: '4 would be repaired, 3 may be', repairs: [] });
    expect(await canonicalDump(stores)).toEqual(damaged);
    expect(await pass()).toMatchObject({ repaired: 4, stopped: '' });
    expect(await canonicalDump(stores)).toEqual(right);
  },
  limitMs,
);

const crashes: Array<[string, () => Promise<void>]> = [
  ['a lost post that others share from', () => inGraph(loseParent)],
  [
    'a share that went into another cascade',
    () => inGraph("MATCH (p:Post {id: '$r5s6'}) SET p.rootId = '$r6', p.linkSeq = null"),
  ],
  ['a table that follows from the facts', () => inFacts("DELETE FROM shares WHERE share_id = '$r6s4'")],
  ['an event that the facts lost', () => inFacts("DELETE FROM events WHERE share_id = '$r6s4'")],
  ['lineage', () => inFacts("DELETE FROM lineage WHERE post_id = '$r7s3'")],
];

test.each(crashes)(
  '%s: a crash at any write is finished by the next pass',
  async (_what, damage) => {
    for (const at of crashPoints()) {
      await damage();
      const failing = failingAfter(stores, at);
      // Small steps, so that there are many places to crash between them.
      const small = { ...repairLimits, linkPosts: 3, linkWork: 1 };
      const repairs = openRepairs({ ...failing.stores, log: stores.log }, small);
      const deps = { ...stores.pass, ...failing.stores, repairs };
      const run = runPass(deps, { level: 'all', dryRun: false }, stores.limits);
      const crashed = await run.then(
        () => false,
        () => true,
      );
      await pass();
      await stores.settle();
      expect([at, await canonicalDump(stores)]).toEqual([at, right]);
      expect(await pass()).toMatchObject({ differing: 0, labelled: [] });
      if (!crashed) break;
    }
  },
  limitMs,
);

test(
  'what a waiting dead letter explains is labelled, and not repaired',
  async () => {
    await stores.facts.command(`INSERT INTO dead_letters (id, stage, accept_seq, accepted_at, event_id, state, changed_at)
    SELECT concat('facts-', toString(accept_seq)), 'facts', accept_seq, accepted_at, event_id, 'waiting', now64(3)
    FROM events WHERE share_id = '${name}-r2s7'`);
    for (const table of ['events', 'shares']) await inFacts(`DELETE FROM ${table} WHERE share_id = '$r2s7'`);
    await pass();
    const report = await pass();
    expect(report.repairs).toEqual([]);
    expect(report.labelled.map(({ subject }) => subject).sort()).toEqual([`${name}-r2`, `${name}-r2s7`]);
    expect(allAgree(report)).toBe(false);
    await stores.facts.command("ALTER TABLE dead_letters DELETE WHERE state = 'waiting' SETTINGS mutations_sync = 2");
    await pass();
    expect(await canonicalDump(stores)).toEqual(right);
  },
  limitMs,
);

test(
  'once the log is trimmed, the graph is repaired from the facts, and what the facts lost is said to be lost',
  async () => {
    await stores.log.trimBelow(`${(await stores.log.lastSeq()) + 1}-0`);
    await inGraph(loseParent);
    const repaired = await pass();
    expect(new Set(repaired.repairs.map(({ source }) => source))).toEqual(new Set(['facts']));
    expect(await canonicalDump(stores)).toEqual(right);
    await inFacts("DELETE FROM events WHERE share_id = '$r6s4'");
    const lost = await pass();
    expect(lost.labelled[0]?.reason).toBe('lost in the facts, and the log no longer holds it');
    expect(allAgree(lost)).toBe(false);
    const after = await canonicalDump(stores);
    for (const name of ['graph posts', 'graph edges', 'facts shares', 'facts event_ids', 'facts lineage']) {
      expect(after[name]).toEqual(right[name]);
    }
  },
  limitMs,
);

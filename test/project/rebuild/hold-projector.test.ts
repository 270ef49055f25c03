import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { holdProjector } from '../../../src/project/rebuild/hold-projector.ts';
import { rebuildBase, rebuildDerived } from '../../../src/project/rebuild/rebuild-table.ts';
import { canonicalDump } from '../../reconcile/canonical-dump.ts';
import { driftEvents, sendAll } from '../../reconcile/drift-events.ts';
import { openWholeStores, repairLimits, type WholeStores } from '../../reconcile/whole-stores.ts';

const limitMs = 600_000;
const waitMs = 60_000;
let stores: WholeStores;

beforeAll(async () => {
  stores = await openWholeStores();
}, limitMs);
afterAll(async () => {
  await stores.close();
}, limitMs);

const countEvents = {
  path: 'how many events the facts hold',
  text: 'SELECT count() AS held FROM events',
  params: z.object({}),
  row: z.object({ held: z.number() }),
};
const held = async () => (await stores.facts.select(countEvents, {}))[0]?.held ?? 0;
const newName = () => `h${randomUUID().slice(0, 8)}`;
const limits = { holdMs: 60_000, confirmMs: waitMs };

test(
  'a held projector finishes its range, says where it stands, and writes nothing until it is let go',
  async () => {
    await sendAll(stores.log, driftEvents(newName(), 2));
    await holdProjector(stores.log, 'facts', limits, async (check) => {
      const before = await held();
      const { position, prepared } = await stores.log.projectors.readState('facts');
      expect(prepared).toBeNull();
      await sendAll(stores.log, driftEvents(newName(), 1));
      await delay(1500);
      expect(await held()).toBe(before);
      expect((await stores.log.projectors.readState('facts')).position).toBe(position);
      await check();
    });
    await stores.settle();
    expect(await held()).toBe(await stores.log.lastSeq());
  },
  limitMs,
);

test(
  'a hold whose holder died ends by itself, and its work is told so',
  async () => {
    const { holds } = stores.log;
    const token = randomUUID();
    expect(await holds.ask('facts', token, 2000)).toBe(true);
    expect(await holds.ask('facts', randomUUID(), 2000)).toBe(false);
    await sendAll(stores.log, driftEvents(newName(), 1));
    await stores.settle();
    expect(await held()).toBe(await stores.log.lastSeq());
    expect(await holds.renew('facts', token, 2000)).toBe(false);
  },
  limitMs,
);

test(
  'a projector that does not answer is not waited for, and nothing is done',
  async () => {
    const work = jest.fn(async () => undefined);
    const nobody = holdProjector(stores.log, 'nobody', { holdMs: 5000, confirmMs: 200 }, work);
    await expect(nobody).rejects.toThrow('does not say that it stands still');
    expect(work).not.toHaveBeenCalled();
    expect(await stores.log.holds.asked('nobody')).toBeNull();
  },
  limitMs,
);

test(
  'tables are rebuilt again and again while events come in, and no row is lost or doubled',
  async () => {
    let isWriting = true;
    const writing = (async () => {
      while (isWriting) await sendAll(stores.log, driftEvents(newName(), 1), 10);
    })();
    const partition = new Date().toISOString().slice(0, 7).replace('-', '');
    for (let round = 0; round < 4; round += 1) {
      await rebuildDerived(stores, 'shares', 'all', repairLimits);
      await rebuildDerived(stores, 'event_ids', 'all', repairLimits);
      await rebuildBase(stores, { table: 'events', partition, fromLog: [], sameEvent: [] }, repairLimits);
    }
    isWriting = false;
    await writing;
    await stores.settle();
    const dump = await canonicalDump(stores);
    const lastSeq = await stores.log.lastSeq();
    expect(dump['facts events']).toHaveLength(lastSeq);
    expect(new Set(dump['facts events']).size).toBe(lastSeq);
    expect(dump['facts event_ids']).toHaveLength(lastSeq);
    const shares = (dump['facts events'] ?? []).filter((line) => line.includes('"post_share"'));
    expect(dump['facts shares']).toHaveLength(shares.length);
    expect(stores.faults).toEqual([]);
  },
  limitMs,
);

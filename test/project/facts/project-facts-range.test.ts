import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Facts } from '../../../src/facts/facts.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { type Claim, openClaim } from '../../../src/project/claim.ts';
import { beginFactsTurn } from '../../../src/project/facts/run-facts-projector.ts';
import { acceptInto, openTestLog } from '../../setup/open-test-log.ts';
import { openFreshFacts } from '../../setup/open-test-stores.ts';
import { factsLimits, shareEvent } from './open-facts-turn.ts';

const countRows = {
  path: 'a recount of the facts',
  text: `SELECT (SELECT count() FROM events) AS events, (SELECT uniqExact(event_id) FROM events) AS ids,
    (SELECT count() FROM event_ids) AS indexed, (SELECT count() FROM shares) AS shares,
    (SELECT countIf(status = 'lateDuplicate') FROM outcomes) AS lateDuplicates,
    (SELECT countIf(status = 'lateConflict') FROM outcomes) AS lateConflicts`,
  params: z.object({}),
  row: z.object({
    events: z.number(),
    ids: z.number(),
    indexed: z.number(),
    shares: z.number(),
    lateDuplicates: z.number(),
    lateConflicts: z.number(),
  }),
};

let facts: Facts;
let log: Log;

beforeEach(async () => {
  ({ facts } = await openFreshFacts());
  log = await openTestLog();
});

afterEach(async () => {
  log.close();
  await facts.close();
});

async function claimFacts(): Promise<Claim> {
  const lease = await log.projectors.claim('facts', 'this-test', 60_000);
  if (lease === null) throw new Error('the lease is held by another');
  return openClaim(log, lease);
}

const told = { onBatch: () => undefined, onLetters: () => undefined, now: Date.now };

/** Projects until the log is read. */
async function projectAll(claim: Claim, target: Facts = facts): Promise<void> {
  const turn = await beginFactsTurn({ facts: target, log, ...told }, claim, factsLimits);
  const lastId = await log.lastId();
  while (claim.position !== lastId) await turn.step();
}

/** Facts whose next insert into a table is done and then loses its answer. */
function losingAnswer(table: string): Facts {
  let lost = false;
  return {
    ...facts,
    insert: async (target, rows) => {
      await facts.insert(target, rows);
      if (target.table !== table || lost) return;
      lost = true;
      throw new Error('the answer was lost');
    },
  };
}

describe('the facts projector', () => {
  test('writes every accepted event once, in the table and in what is fed by it', async () => {
    for (let batch = 0; batch < 5; batch += 1) {
      await acceptInto(
        log,
        Array.from({ length: 20 }, (_, index) => shareEvent(`${batch}-${index}`)),
      );
    }
    await projectAll(await claimFacts());
    const [counts] = await facts.select(countRows, {});
    expect(counts).toEqual({ events: 100, ids: 100, indexed: 100, shares: 100, lateDuplicates: 0, lateConflicts: 0 });
  });

  test.each(['events', 'outcomes'])('a lost answer of the insert into %s doubles nothing', async (table) => {
    await acceptInto(
      log,
      Array.from({ length: 60 }, (_, index) => shareEvent(`${index}`)),
    );
    await acceptInto(
      log,
      Array.from({ length: 7 }, (_, index) => shareEvent(`more-${index}`)),
    );
    const claim = await claimFacts();
    const failing = losingAnswer(table);
    await expect(projectAll(claim, failing)).rejects.toThrow('lost');
    expect(claim.prepared).not.toBeNull();
    // The log has grown meanwhile; the prepared range keeps its cut.
    await acceptInto(log, [shareEvent('late')]);
    await projectAll(await claimFacts());
    const [counts] = await facts.select(countRows, {});
    expect(counts).toMatchObject({ events: 68, ids: 68, indexed: 68, shares: 68, lateDuplicates: 0 });
  });

  test('rows that the engine calls a repeat and has not kept are put back, past the views that have theirs', async () => {
    await acceptInto(
      log,
      Array.from({ length: 12 }, (_, index) => shareEvent(`${index}`)),
    );
    await expect(projectAll(await claimFacts(), losingAnswer('events'))).rejects.toThrow('lost');
    // The token of the insert is still known, as after a crash between noting a block and putting it in place.
    await facts.command('DELETE FROM events WHERE accept_seq % 3 = 0');
    await projectAll(await claimFacts());
    const [counts] = await facts.select(countRows, {});
    expect(counts).toMatchObject({ events: 12, ids: 12, indexed: 12, shares: 12 });
  });

  test('a crash before the progress was told leaves nobody waiting for an event that is stored', async () => {
    await acceptInto(log, [shareEvent('one'), shareEvent('two')]);
    const claim = await claimFacts();
    const silent: Log = { ...log, publishProgress: () => Promise.reject(new Error('killed')) };
    const turn = await beginFactsTurn({ facts, log: silent, ...told }, claim, factsLimits);
    await expect(turn.step()).rejects.toThrow('killed');
    expect(await log.readProgress()).toMatchObject({ factsSeq: 0 });
    await beginFactsTurn({ facts, log, ...told }, await claimFacts(), factsLimits);
    expect(await log.readProgress()).toMatchObject({ factsPosition: await log.lastId(), factsSeq: 2 });
  });

  test('a projector that was taken over can only repeat what it had prepared', async () => {
    await acceptInto(log, [shareEvent('one')]);
    const frozen = await claimFacts();
    await log.projectors.claim('facts', 'this-test', 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const taken = await log.projectors.claim('facts', 'another', 60_000);
    if (taken === null) throw new Error('the lease had ended');
    await expect(projectAll(frozen)).rejects.toThrow('taken over');
    await projectAll(await openClaim(log, taken));
    const [counts] = await facts.select(countRows, {});
    expect(counts).toMatchObject({ events: 1, indexed: 1 });
  });

  test('what the door has forgotten is told from new before it is stored', async () => {
    log.close();
    log = await openTestLog(4000);
    const old = (id: string, post: string) => ({ ...shareEvent(id, post), timestamp: '2020-01-01T00:00:00Z' });
    await acceptInto(log, [old('again', 'p'), old('other', 'p')]);
    const claim = await claimFacts();
    for (let filler = 0; filler < 40; filler += 1) await acceptInto(log, [shareEvent(randomUUID())]);
    expect(await acceptInto(log, [old('again', 'p'), old('other', 'q')])).toBe(2);
    await projectAll(claim);
    const [counts] = await facts.select(countRows, {});
    expect(counts).toEqual({
      events: 42,
      ids: 42,
      indexed: 42,
      shares: 42,
      lateDuplicates: 1,
      lateConflicts: 1,
    });
  });
});

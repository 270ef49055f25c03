import { z } from 'zod';
import type { Facts } from '../../../src/facts/facts.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { crashPoints } from '../../setup/crash-points.ts';
import { acceptInto, openTestLog } from '../../setup/open-test-log.ts';
import { openFreshFacts } from '../../setup/open-test-stores.ts';
import { crashAfter, crashingFacts, crashingLog } from '../crash-at.ts';
import { factsLimits, projectFacts, recountFacts, refusePoison, shareEvent } from './open-facts-turn.ts';

const readLetters = {
  path: 'every dead letter',
  text: `SELECT id, stage, event_id AS eventId, code, reason, attempts, raw, state, accept_seq AS seq FROM dead_letters FINAL
    ORDER BY accept_seq`,
  params: z.object({}),
  row: z.object({
    id: z.string(),
    stage: z.string(),
    eventId: z.string(),
    code: z.string(),
    reason: z.string(),
    attempts: z.number(),
    raw: z.string(),
    state: z.string(),
    seq: z.number(),
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

function events(ids: readonly string[]): object[] {
  return ids.map((id) => shareEvent(id));
}

function named(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

const tables = ['events', 'event_ids', 'shares', 'outcomes', 'dead_letters'];

async function recount(): Promise<z.output<typeof recountFacts.row> | undefined> {
  const [counts] = await facts.select(recountFacts, {});
  return counts;
}

describe('rows that the facts refuse', () => {
  test('go to the dead letters alone, with what they were; all others are stored', async () => {
    await facts.command(refusePoison);
    const poison = shareEvent('poison-1');
    await acceptInto(log, [...events(named('a', 9)), poison, ...events(named('b', 8))]);
    await acceptInto(log, events(['poison-2', 'c-1', 'poison-3']));
    expect(await projectFacts({ facts, log })).toBe(3);
    expect(await recount()).toMatchObject({ events: 18, ids: 18, indexed: 18, shares: 18, waiting: 3, outcomes: 0 });
    const letters = await facts.select(readLetters, {});
    expect(letters.map(({ id, eventId }) => [id, eventId])).toEqual([
      ['facts-10', 'poison-1'],
      ['facts-19', 'poison-2'],
      ['facts-21', 'poison-3'],
    ]);
    expect(letters[0]).toMatchObject({ stage: 'facts', code: 'VIOLATED_CONSTRAINT', attempts: 1, state: 'waiting' });
    expect(letters[0]?.reason).toContain('no_poison');
    expect(letters[0]?.raw).toBe(JSON.stringify(poison));
  });

  test('a crash at any step, with another owner after it, leaves each row once and each poison one letter', async () => {
    await facts.command(refusePoison);
    let last = 0;
    for (const call of crashPoints()) {
      last = call;
      for (const table of tables) await facts.command(`TRUNCATE TABLE ${table}`);
      log.close();
      log = await openTestLog();
      await acceptInto(log, events(['a-1', 'a-2', 'poison-1', 'b-1', 'b-2']));
      const count = crashAfter(call);
      const crashing = { facts: crashingFacts(facts, count), log: crashingLog(log, count) };
      const outcome = await projectFacts(crashing).catch(String);
      if (outcome === 1) break;
      expect(outcome).toContain('crashed');
      await acceptInto(log, events(['later']));
      await projectFacts({ facts, log }, { owner: 'the-next' });
      expect({ call, ...(await recount()) }).toEqual({
        call,
        events: 5,
        ids: 5,
        numbers: 5,
        indexed: 5,
        shares: 5,
        outcomes: 0,
        waiting: 1,
        replayed: 0,
      });
    }
    expect(last).toBeGreaterThan(14);
  }, 600_000);

  test('a view that fails is tried again until it is mended; its source is not doubled and nothing is given up', async () => {
    await facts.command(
      `CREATE MATERIALIZED VIEW failing TO event_ids AS SELECT sipHash128(event_id) AS id_hash, digest,
        accept_seq + toUInt64(throwIf(event_id = 'viewpoison')) AS accept_seq, accepted_at FROM events`,
    );
    await acceptInto(log, events([...named('a', 6), 'viewpoison', ...named('b', 6)]));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(projectFacts({ facts, log })).rejects.toThrow('pushing to view');
      expect(await recount()).toMatchObject({ events: 13, numbers: 13, waiting: 0 });
    }
    await facts.command('DROP VIEW failing');
    await projectFacts({ facts, log });
    expect(await recount()).toMatchObject({ events: 13, numbers: 13, indexed: 13, shares: 13, waiting: 0 });
  });

  test('a view whose table refuses a row is the view’s fault too, whatever it says', async () => {
    await facts.command(
      'CREATE TABLE narrow (n UInt64, CONSTRAINT small CHECK n < 5) ENGINE = MergeTree ORDER BY n SETTINGS non_replicated_deduplication_window = 100',
    );
    await facts.command('CREATE MATERIALIZED VIEW to_narrow TO narrow AS SELECT accept_seq AS n FROM events');
    await acceptInto(log, events(named('a', 8)));
    await expect(projectFacts({ facts, log })).rejects.toThrow('small');
    await facts.command('ALTER TABLE narrow DROP CONSTRAINT small');
    await projectFacts({ facts, log });
    expect(await recount()).toMatchObject({ events: 8, numbers: 8, indexed: 8, waiting: 0 });
    const count = {
      ...recountFacts,
      text: 'SELECT count() AS events FROM narrow',
      row: z.object({ events: z.number() }),
    };
    expect(await facts.select(count, {})).toEqual([{ events: 8 }]);
  });

  test('a store that refuses most of a large batch is at fault itself: nothing is given up', async () => {
    await facts.command("ALTER TABLE events ADD CONSTRAINT none_at_all CHECK event_id = ''");
    await acceptInto(log, events(named('a', 30)));
    const limits = { ...factsLimits, maxItems: 100, smallRange: 20 };
    await expect(projectFacts({ facts, log }, { limits })).rejects.toThrow('fault of the store');
    expect(await recount()).toMatchObject({ events: 0, waiting: 0 });
    await facts.command('ALTER TABLE events DROP CONSTRAINT none_at_all');
    await projectFacts({ facts, log }, { limits });
    expect(await recount()).toMatchObject({ events: 30, numbers: 30, indexed: 30, shares: 30, waiting: 0 });
  });

  test('an item whose bytes are no event is dead by itself', async () => {
    const body = Buffer.from('{"eventId":"x","eventName":"no_such_event"},{"id":1}');
    const records = Buffer.alloc(40);
    records.writeUInt32LE(43, 16);
    records.writeUInt32LE(8, 36);
    const entry = {
      ids: Buffer.from('["x","y"]'),
      records,
      body,
      acceptedAtMs: Date.now(),
      rejected: 0,
      maxTimestampMs: 0,
    };
    await log.append({ ...entry, groups: Buffer.alloc(0) });
    await acceptInto(log, events(['after']));
    await projectFacts({ facts, log });
    expect(await recount()).toMatchObject({ events: 1, waiting: 2 });
    const letters = await facts.select(readLetters, {});
    expect(letters.map(({ code, raw }) => [code, raw])).toEqual([
      ['unreadable_event', '{"eventId":"x","eventName":"no_such_event"}'],
      ['unreadable_event', '{"id":1}'],
    ]);
  });

  test('a waiting letter stands for its id: the same event sent again is late, not new', async () => {
    await facts.command(refusePoison);
    log.close();
    log = await openTestLog(4000);
    const old = (id: string, post = 'p') => ({ ...shareEvent(id, post), timestamp: '2020-01-01T00:00:00Z' });
    await acceptInto(log, [old('poison-old')]);
    for (let filler = 0; filler < 40; filler += 1)
      await acceptInto(log, events([`filler-${filler}-${'x'.repeat(30)}`]));
    expect(await acceptInto(log, [old('poison-old')])).toBe(1);
    await projectFacts({ facts, log });
    expect(await recount()).toMatchObject({ events: 40, waiting: 1, outcomes: 1 });
  });
});

import type { Facts } from '../../../src/facts/facts.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { findLetter } from '../../../src/project/dead-letters/find-letter.ts';
import { replayFactsLetter } from '../../../src/project/dead-letters/replay-facts-letter.ts';
import { settleFactsLetters } from '../../../src/project/dead-letters/settle-letters.ts';
import { acceptInto, openTestLog } from '../../setup/open-test-log.ts';
import { openFreshFacts } from '../../setup/open-test-stores.ts';
import { crashAfter, crashingFacts } from '../crash-at.ts';
import { mendPoison, projectFacts, recountFacts, refusePoison, shareEvent } from '../facts/open-facts-turn.ts';

let facts: Facts;
let log: Log;

beforeEach(async () => {
  ({ facts } = await openFreshFacts());
  log = await openTestLog();
  await facts.command(refusePoison);
  await acceptInto(log, [shareEvent('good'), shareEvent('poison'), shareEvent('better')]);
  await projectFacts({ facts, log });
});

afterEach(async () => {
  log.close();
  await facts.close();
});

const letterId = 'facts-2';

async function replay(target: Facts = facts) {
  const letter = await findLetter({ facts: target }, letterId);
  if (letter === null) throw new Error('there is no such letter');
  return replayFactsLetter({ facts: target, now: Date.now }, letter);
}

async function recount() {
  const [counts] = await facts.select(recountFacts, {});
  return counts;
}

const before = { events: 2, indexed: 2, shares: 2, waiting: 1, replayed: 0 };
const after = { events: 3, ids: 3, numbers: 3, indexed: 3, shares: 3, waiting: 0, replayed: 1 };

describe('a dead letter of the facts', () => {
  test('stays dead while its reason lasts, then is stored once, in the table and in what is fed by it', async () => {
    expect(await replay()).toMatchObject({ outcome: 'stillDead' });
    expect(await recount()).toMatchObject(before);
    expect(await findLetter({ facts }, letterId)).toMatchObject({ attempts: 2, code: 'VIOLATED_CONSTRAINT' });
    await facts.command(mendPoison);
    expect(await replay()).toEqual({ outcome: 'replayed', reason: null });
    expect(await replay()).toEqual({ outcome: 'alreadyReplayed', reason: null });
    expect(await recount()).toMatchObject(after);
    expect(await findLetter({ facts }, letterId)).toMatchObject({ attempts: 3, state: 'replayed' });
  });

  test.each([1, 2, 3, 4, 5, 6])('heals after a crash behind call %i of its replay', async (call) => {
    await facts.command(mendPoison);
    expect(await replay(crashingFacts(facts, crashAfter(call))).catch(String)).toContain('crashed');
    await settleFactsLetters({ facts, now: Date.now }, 10);
    // Where the row was in already, settling has ended the replay; else it is tried again.
    expect(await recount()).toMatchObject(call < 5 ? before : after);
    await replay();
    expect(await recount()).toMatchObject(after);
  });

  test('a view that refuses the row leaves the letter waiting; once it is mended, the row is in it as well', async () => {
    await facts.command(mendPoison);
    await facts.command(
      `CREATE MATERIALIZED VIEW failing TO shares AS SELECT toString(throwIf(event_id = 'poison')) AS share_id FROM events`,
    );
    await expect(replay()).rejects.toThrow('pushing to view');
    await settleFactsLetters({ facts, now: Date.now }, 10);
    expect(await recount()).toMatchObject({ events: 3, waiting: 1 });
    await facts.command('DROP VIEW failing');
    expect(await settleFactsLetters({ facts, now: Date.now }, 10)).toBe(1);
    expect(await recount()).toMatchObject(after);
  });

  test('whose id was stored under another number meanwhile ends as a late repeat', async () => {
    await facts.command(mendPoison);
    const columns = ['accept_seq', 'accepted_at', 'event_id', 'digest', 'event_name'];
    await facts.insert({ table: 'events', columns, token: 'other' }, [[9, Date.now(), 'poison', 1, 'post_view']]);
    expect(await replay()).toMatchObject({ outcome: 'replayed' });
    expect(await recount()).toMatchObject({ events: 3, ids: 3, outcomes: 1, waiting: 0, replayed: 1 });
  });

  test('two replays at once store it once', async () => {
    await facts.command(mendPoison);
    await Promise.all([replay(), replay(), replay()]);
    expect(await recount()).toMatchObject(after);
  });
});

import { openCascades } from '../../src/cascade/open-cascades.ts';
import { factsReplayParts } from '../../src/compose/replay/facts-parts.ts';
import {
  type FactsReplay,
  type FactsReplayDeps,
  type FactsReplayRequest,
  replayFacts,
} from '../../src/replay/replay-facts.ts';
import { acceptInto } from '../setup/open-test-log.ts';
import {
  type FilledStores,
  fill,
  monthOfEvents,
  oddEvents,
  openFilledStores,
  post,
  project,
  runProjectors,
  share,
} from './filled-stores.ts';
import { cascadeLimits, summarizeAll } from './summarize-all.ts';

let stores: FilledStores;

beforeAll(async () => {
  stores = await openFilledStores();
  const month = monthOfEvents(1500, 150);
  await fill(stores, month);
  // Everything odd, and the first requests once more after the door has forgotten them.
  await fill(stores, [...oddEvents(), ...month.slice(0, 2)]);
}, 180_000);

afterAll(async () => {
  await parts().fresh.drop();
  await stores.close();
}, 60_000);

function parts(): FactsReplayDeps {
  return factsReplayParts(stores.config, stores, () => undefined);
}

const asked: FactsReplayRequest = { from: 'facts', swap: false, acceptDifference: false, again: true };

function replay(request: Partial<FactsReplayRequest>, deps = parts()): Promise<FactsReplay> {
  return replayFacts(deps, { ...asked, ...request }, stores.config.replay);
}

async function change(text: string): Promise<void> {
  await stores.facts.command(`${text} SETTINGS mutations_sync = 1, lightweight_deletes_sync = 1`);
}

describe('a replay of the facts', () => {
  test.each(['facts', 'log', 'both'] as const)(
    'from %s equals what the projectors made, row by row',
    async (from) => {
      const { comparison, upToSeq, factsUpTo } = await replay({ from });
      expect(comparison.examples).toEqual([]);
      expect(comparison).toMatchObject({ equal: true, sections: [] });
      for (const { live } of comparison.tables) expect(live.rows).toBeGreaterThan(0);
      expect([upToSeq, factsUpTo]).toEqual([await stores.log.lastSeq(), from === 'facts' ? upToSeq : 0]);
    },
    60_000,
  );

  test('goes on where it was interrupted, in the middle of a range', async () => {
    const real = parts();
    let inserts = 0;
    const failing: FactsReplayDeps = {
      ...real,
      beginFacts: ({ facts, source }, lease) => {
        const insert: typeof facts.insert = async (target, rows) => {
          await facts.insert(target, rows);
          inserts += 1;
          if (inserts === 3) throw new Error('the power went');
        };
        return real.beginFacts({ facts: { ...facts, insert }, source }, lease);
      },
    };
    const limits = { ...stores.config.replay, windowItems: 300, entryItems: 150 };
    await expect(replayFacts(failing, asked, limits)).rejects.toThrow('the power went');
    const { comparison, resumed } = await replayFacts(real, { ...asked, again: false }, limits);
    expect(resumed).toBe(true);
    expect(comparison).toMatchObject({ equal: true, examples: [] });
  }, 60_000);

  test('says exactly what differs, and exchanges nothing then', async () => {
    await change(`ALTER TABLE events DELETE WHERE event_id = 'e-late-1'`);
    await change(
      `ALTER TABLE shares UPDATE parent_id = 'elsewhere' WHERE share_id = 'late-2' AND event_id = 'e-late-2'`,
    );
    await change(`ALTER TABLE lineage DELETE WHERE post_id = 'a-2'`);
    const { comparison, swapped } = await replay({ from: 'log', swap: true });
    expect(swapped).toBe(false);
    expect(comparison.sections.filter(({ onlyLive, onlyFresh, unlike }) => onlyLive + onlyFresh + unlike > 0)).toEqual([
      expect.objectContaining({ section: 'events', onlyLive: 0, onlyFresh: 1, unlike: 0 }),
      expect.objectContaining({ section: 'shares', onlyLive: 0, onlyFresh: 0, unlike: 1 }),
      expect.objectContaining({ section: 'lineage', onlyLive: 0, onlyFresh: 1, unlike: 0 }),
    ]);
    expect(comparison.examples.map(({ live, fresh }) => [live, fresh])).toEqual([
      [null, expect.stringContaining('"event_id":"e-late-1"')],
      [expect.stringContaining('"parent_id":"elsewhere"'), expect.stringContaining('"parent_id":"late-1"')],
      [null, expect.stringContaining('"postId":"a-2"')],
    ]);
  }, 60_000);

  test('takes the place of the live ones while the projectors run, and cascades in memory notice', async () => {
    const cascades = openCascades(stores, cascadeLimits);
    const damaged = await summarizeAll(stores, cascades);
    const projecting = runProjectors(stores);
    try {
      const { comparison, swapped } = await replay({ from: 'log', swap: true, acceptDifference: true });
      expect([comparison.equal, swapped]).toEqual([false, true]);
      const healed = await summarizeAll(stores, cascades);
      const size = (of: typeof healed) => of.get('assumed-1')?.['size'];
      expect([size(damaged), size(healed)]).toEqual([2, 3]);
      expect(await summarizeAll(stores, openCascades(stores, cascadeLimits))).toEqual(healed);
    } finally {
      await projecting.stop();
    }
    // The projectors go on in the tables that are there now, and views feed from and into them.
    await acceptInto(stores.log, [post('after'), share('after', 'after-1'), share('late-2', 'after-2')]);
    await project(stores);
    const { comparison } = await replay({ from: 'log' });
    expect(comparison).toMatchObject({ equal: true, examples: [] });
  }, 120_000);

  test('from the log alone is refused once the log has been trimmed; with the facts below it goes on', async () => {
    const entry = await stores.log.readEntryOfSeq(700);
    if (entry === null) throw new Error('the log holds no entry of number 700');
    await stores.log.trimBelow(entry.id);
    await expect(replay({ from: 'log' })).rejects.toThrow(`the log holds accept numbers ${entry.firstSeq} to`);
    const { comparison, factsUpTo } = await replay({ from: 'both' });
    expect(factsUpTo).toBe(entry.firstSeq - 1);
    expect(comparison).toMatchObject({ equal: true, examples: [] });
  }, 60_000);
});

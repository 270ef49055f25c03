import { between } from '../../src/demo/chance/draw.ts';
import { seededRandom } from '../../src/demo/chance/random.ts';
import { generateEvents } from '../../src/demo/generate-events.ts';
import { keepFigures } from '../figures/keep-figures.ts';
import { type FaultStack, openFaultStack } from './harness/fault-stack.ts';
import { openStory, type Story } from './harness/fault-story.ts';
import { longTestMs, patienceMs } from './harness/patience.ts';
import type { LoadItem } from './load/make-batches.ts';

const seed = 71;
const events = 3000;
// So few that the events sent again come long after the engine has forgotten the blocks they first came in.
const blockWindow = 5;
const sendings = 4;
const forgetfulDoor = String(60_000);
let stack: FaultStack;
let story: Story;

beforeAll(async () => {
  stack = await openFaultStack();
  story = await openStory(stack, { seed, variables: { ID_MEMORY_BYTES: forgetfulDoor, PROJECTOR_LEASE_MS: '1000' } });
  await story.services.add('all', 'api,project,jobs');
  await story.services.waitUntilReady(patienceMs);
}, longTestMs);
afterAll(async () => {
  await story.close();
  await stack.close();
}, longTestMs);

/** The same events in the same order, cut at other places each time. */
function* cutBatches(items: readonly LoadItem[], cutSeed: number): Generator<LoadItem[]> {
  const random = seededRandom(cutSeed);
  for (let from = 0; from < items.length; ) {
    const size = between(random, 1, 300);
    yield items.slice(from, from + size);
    from += size;
  }
}

async function narrowWindows(): Promise<void> {
  const tables = await story.ask.facts(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'`,
  );
  for (const { name } of tables) {
    await story.ask.command(
      `ALTER TABLE ${String(name)} MODIFY SETTING non_replicated_deduplication_window = ${blockWindow}`,
    );
  }
}

test(
  'the same events in other batches, after a crash, past the block window and past the memory of the door, count once',
  async () => {
    await narrowWindows();
    const items = [...generateEvents({ seed, events, endAtMs: Date.now(), prefix: 'overlap-' })].map((event) => ({
      event,
      isValid: true,
    }));
    const [service] = story.services.all;
    if (service === undefined) throw new Error('there is no service');
    for (let round = 0; round < sendings; round += 1) {
      let sent = 0;
      for (const batch of cutBatches(items, seed + round)) {
        await story.sendItems(batch);
        sent += 1;
        if (round > 0 && sent === 5) await service.kill();
      }
    }
    await service.waitUntilReady(patienceMs);
    const { faults, verdict } = await story.settle();
    process.stderr.write(`overlap: ${verdict.stored} stored of ${verdict.acked} acked, ${verdict.late} late repeats\n`);
    expect(faults).toEqual([]);
    expect(verdict.stored).toBe(events);
    // The door had forgotten, so something else must have told the repeats from what is new.
    expect(verdict.late).toBeGreaterThan(events / 2);
    keepFigures('overlap', { events, sendings, countedTwice: verdict.doubled });
  },
  longTestMs,
);

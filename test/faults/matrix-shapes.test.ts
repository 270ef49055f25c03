import { seededRandom } from '../../src/demo/chance/random.ts';
import { type FaultStack, openFaultStack } from './harness/fault-stack.ts';
import { openStory, type Story } from './harness/fault-story.ts';
import { longTestMs, patienceMs } from './harness/patience.ts';
import { type LoadItem, shuffle } from './load/make-batches.ts';

let stack: FaultStack;
let story: Story;

beforeAll(async () => {
  stack = await openFaultStack();
  story = await openStory(stack, { seed: 101 });
  await story.services.add('all', 'api,project,jobs');
  await story.services.waitUntilReady(patienceMs);
}, longTestMs);
afterAll(async () => {
  await story.close();
  await stack.close();
}, longTestMs);

const startMs = Date.now() - 3_600_000;

function post(postId: string): LoadItem {
  const timestamp = new Date(startMs).toISOString();
  return {
    event: { eventId: `e-${postId}`, eventName: 'post_created', userId: 'author', timestamp, data: { postId } },
    isValid: true,
  };
}

function share(shareId: string, postId: string, place: number): LoadItem {
  const timestamp = new Date(startMs + place + 1).toISOString();
  const data = { postId, shareId };
  const userId = `person-${place % 1000}`;
  return { event: { eventId: `e-${shareId}`, eventName: 'post_share', userId, timestamp, data }, isValid: true };
}

async function sendAll(items: readonly LoadItem[], batch = 2000): Promise<void> {
  for (let from = 0; from < items.length; from += batch) await story.sendItems(items.slice(from, from + batch));
}

async function readPost(id: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await story.ask.graph('MATCH (post:Post {id: $id}) RETURN post.state AS state, post.depth AS depth', {
    id,
  });
  return row;
}

describe('shapes and orders that are hard', () => {
  test(
    'everything five times, shuffled and late: counted once',
    async () => {
      const random = seededRandom(7);
      // A tree in which every share has two: the share `at` is shared from the one at half its place.
      const parentOf = (at: number) => (at === 1 ? 'five' : `five-${at >> 1}`);
      const items = [
        post('five'),
        ...Array.from({ length: 300 }, (_, at) => share(`five-${at + 1}`, parentOf(at + 1), at)),
      ];
      const five = shuffle(random, [...items, ...items, ...items, ...items, ...items]);
      await sendAll(five, 37);
      const { faults } = await story.settle();
      expect(faults).toEqual([]);
      expect(await readPost('five-300')).toEqual({ state: 'linked', depth: 9 });
    },
    longTestMs,
  );

  test(
    'a chain of 10,000 whose last comes first, and whose root comes last',
    async () => {
      const chain = Array.from({ length: 10_000 }, (_, at) => share(`chain-${at + 1}`, `chain-${at}`, at));
      await sendAll(chain.toReversed());
      await sendAll([post('chain-0')]);
      expect((await story.settle()).faults).toEqual([]);
      expect(await readPost('chain-10000')).toEqual({ state: 'linked', depth: 10_000 });
    },
    longTestMs,
  );

  test(
    'a star of 100,000 whose middle comes half-way',
    async () => {
      const star = Array.from({ length: 100_000 }, (_, at) => share(`star-${at}`, 'star', at));
      await sendAll([...star.slice(0, 50_000), post('star'), ...star.slice(50_000)], 10_000);
      expect((await story.settle(longTestMs)).faults).toEqual([]);
      expect(await readPost('star-99999')).toEqual({ state: 'linked', depth: 1 });
    },
    longTestMs,
  );

  test(
    'rings of four whose members race each other',
    async () => {
      const rings = Array.from({ length: 30 }, (_, ring) =>
        Array.from({ length: 4 }, (_, at) => share(`ring-${ring}-${at}`, `ring-${ring}-${(at + 1) % 4}`, at)),
      );
      for (const ring of rings) await Promise.all(ring.map((item) => story.sendItems([item])));
      expect((await story.settle()).faults).toEqual([]);
      for (const at of rings.keys()) {
        const [row] = await story.ask.graph(
          `MATCH (post:Post) WHERE post.id STARTS WITH $prefix RETURN collect(post.state) AS states`,
          { prefix: `ring-${at}-` },
        );
        expect(row?.['states']).toEqual(expect.arrayContaining(['quarantined', 'pending', 'pending', 'pending']));
      }
    },
    longTestMs,
  );
});

import { setTimeout as pause } from 'node:timers/promises';
import { type FaultStack, openFaultStack } from './harness/fault-stack.ts';
import { openStory, type Story } from './harness/fault-story.ts';
import { longTestMs, patienceMs } from './harness/patience.ts';

// The message COMMIT of Bolt, with the length before it and the end of the message after it.
const commit = Buffer.from('0002b0120000', 'hex');
let stack: FaultStack;
let story: Story;

beforeAll(async () => {
  stack = await openFaultStack();
}, longTestMs);
beforeEach(async () => {
  story = await openStory(stack, { seed: 51, variables: { PROJECTOR_LEASE_MS: '2000' } });
  await story.services.add('all', 'api,project,jobs');
  await story.services.waitUntilReady(patienceMs);
  await story.send(5);
}, longTestMs);
afterEach(async () => {
  await story.close();
}, longTestMs);
afterAll(async () => {
  await stack.close();
});

describe('Neo4j', () => {
  test(
    'the reply to a commit cut: the batch was written once, and no edge is doubled',
    async () => {
      for (let cut = 0; cut < 6; cut += 1) {
        const held = story.proxies.neo4j.holdReplyTo(commit);
        const sending = story.send(2);
        (await held).cut();
        await sending;
      }
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );

  test(
    'killed while a commit is under way: all of it or nothing',
    async () => {
      const load = story.load(15);
      const held = story.proxies.neo4j.holdReplyTo(commit);
      const reply = await held;
      stack.signal('neo4j', 'SIGKILL');
      reply.cut();
      await stack.waitUntilAnswers('neo4j', patienceMs);
      await pause(1000);
      stack.signal('neo4j', 'SIGKILL');
      await stack.waitUntilAnswers('neo4j', patienceMs);
      await load.stop();
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );

  test.each(['toServer', 'toClient'] as const)(
    'the network carries nothing %s for a while',
    async (direction) => {
      const load = story.load();
      for (const store of ['neo4j', 'clickhouse', 'redis'] as const) {
        story.proxies[store].freeze(direction, true);
        await pause(4000);
        story.proxies[store].freeze(direction, false);
        await pause(1000);
      }
      await load.stop();
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );
});

import { setTimeout as pause } from 'node:timers/promises';
import { keepFigures } from '../figures/keep-figures.ts';
import { type FaultStack, openFaultStack } from './harness/fault-stack.ts';
import { openStory, type Story } from './harness/fault-story.ts';
import type { KeptService } from './harness/keep-service.ts';
import { longTestMs, patienceMs } from './harness/patience.ts';

const insertIntoEvents = 'INSERT+INTO+events';
const commit = Buffer.from('0002b0120000', 'hex');
const leaseMs = 10_000;
const takeoverMs = leaseMs + 2000;
let stack: FaultStack;
let story: Story;

beforeAll(async () => {
  stack = await openFaultStack();
}, longTestMs);
afterAll(async () => {
  await stack.close();
});
afterEach(async () => {
  await story.close();
}, longTestMs);

async function open(seed: number, variables: NodeJS.ProcessEnv = {}): Promise<void> {
  story = await openStory(stack, { seed, variables });
  await story.services.add('api', 'api,jobs');
}

/** The process that holds every projector, and one that waits for it to give way. */
async function startOwnerAndHeir(): Promise<[KeptService, KeptService]> {
  const owner = await story.services.add('owner', 'project');
  await story.services.waitUntilReady(patienceMs);
  await story.send(3);
  await waitUntilEpochs((epochs) => epochs.every((epoch) => epoch >= 1), 30_000);
  const heir = await story.services.add('heir', 'project');
  await heir.waitUntilReady(patienceMs);
  return [owner, heir];
}

const projectors = ['graph', 'facts', 'lineage'];

async function readEpochs(): Promise<number[]> {
  const { prefix } = story.services.names;
  const epochs = await Promise.all(
    projectors.map((name) => story.ask.redis.hget(`${prefix}:projector:${name}`, 'epoch')),
  );
  return epochs.map(Number);
}

async function waitUntilEpochs(isSo: (epochs: number[]) => boolean, timeoutMs: number): Promise<number> {
  const sinceMs = Date.now();
  for (;;) {
    const epochs = await readEpochs();
    if (isSo(epochs)) return Date.now() - sinceMs;
    if (Date.now() - sinceMs > timeoutMs) throw new Error(`epochs are ${epochs.join(' ')} after ${timeoutMs} ms`);
    await pause(20);
  }
}

async function countEvents(): Promise<number> {
  const [row] = await story.ask.facts('SELECT count() AS events FROM events');
  return Number(row?.['events']);
}

describe('a projecting process', () => {
  test(
    'frozen beyond its lease: another takes over in time, and the thawed one adds nothing',
    async () => {
      await open(61);
      const [owner] = await startOwnerAndHeir();
      // It is frozen with an insert of which it has not heard, and with a commit of which it has not heard.
      const [insert, committed] = [
        story.proxies.clickhouse.holdReplyTo(insertIntoEvents),
        story.proxies.neo4j.holdReplyTo(commit),
      ];
      await story.send(2);
      const replies = await Promise.all([insert, committed]);
      const before = await readEpochs();
      owner.signal('SIGSTOP');
      const tookMs = await waitUntilEpochs((epochs) => epochs.every((epoch, at) => epoch > (before[at] ?? 0)), 60_000);
      await story.send(10);
      for (const reply of replies) reply.release();
      owner.signal('SIGCONT');
      await story.send(3);
      await pause(3000);
      process.stderr.write(`takeover from a frozen process: ${tookMs} ms with a lease of ${leaseMs} ms\n`);
      expect((await story.settle()).faults).toEqual([]);
      expect(tookMs).toBeLessThan(takeoverMs);
    },
    longTestMs,
  );

  test(
    'killed: another takes over within the lease and two seconds',
    async () => {
      await open(62);
      const [owner] = await startOwnerAndHeir();
      const load = story.load();
      await pause(1000);
      const before = await readEpochs();
      const killing = owner.stop('SIGKILL');
      const tookMs = await waitUntilEpochs((epochs) => epochs.every((epoch, at) => epoch > (before[at] ?? 0)), 60_000);
      await killing;
      await load.stop();
      process.stderr.write(`takeover from a killed process: ${tookMs} ms with a lease of ${leaseMs} ms\n`);
      expect((await story.settle()).faults).toEqual([]);
      expect(tookMs).toBeLessThan(takeoverMs);
      keepFigures('takeover', { leaseMs, ms: tookMs });
    },
    longTestMs,
  );

  test.each([
    ['clickhouse', insertIntoEvents],
    ['neo4j', commit],
  ] as const)(
    'killed after %s has written and before it heard of it: repeated, and nothing is doubled',
    async (store, match) => {
      await open(63, { PROJECTOR_LEASE_MS: '1000' });
      const project = await story.services.add('project', 'project');
      await story.services.waitUntilReady(patienceMs);
      for (let kill = 0; kill < 4; kill += 1) {
        const held = story.proxies[store].holdReplyTo(match);
        const sending = story.send(2);
        await held;
        await project.kill();
        await sending;
        await project.waitUntilReady(patienceMs);
      }
      expect((await story.settle()).faults).toEqual([]);
      expect(await countEvents()).toBeGreaterThan(0);
    },
    longTestMs,
  );
});

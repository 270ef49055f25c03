import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packageRoot } from '../../src/query/root.ts';
import { type FaultStack, openFaultStack, storeNames } from './harness/fault-stack.ts';
import { openStory, type Story } from './harness/fault-story.ts';
import { longTestMs, patienceMs } from './harness/patience.ts';

const everything = 'api,project,jobs';
// Neo4j alone takes ten seconds to come back each time; `npm run faults -- --only everything` does it more often.
const timesOfAll = 3;
let stack: FaultStack;
let story: Story;

beforeAll(async () => {
  stack = await openFaultStack();
}, longTestMs);
afterEach(async () => {
  await story.close();
}, longTestMs);
afterAll(async () => {
  await stack.close();
});

describe('a process', () => {
  test(
    'whose clock jumps forwards and back: books, order and lineage stay sound',
    async () => {
      story = await openStory(stack, { seed: 111 });
      const clock = join(stack.home, `clock-${Date.now()}`);
      const preload = join(packageRoot, 'test', 'faults', 'harness', 'shift-clock.mjs');
      for (const name of ['first', 'second']) {
        writeFileSync(`${clock}-${name}`, '0');
        await story.services.add(name, everything, {
          nodeArguments: ['--import', preload],
          extraVariables: { SHIFT_CLOCK_FILE: `${clock}-${name}` },
        });
      }
      await story.services.waitUntilReady(patienceMs);
      const load = story.load();
      // The second of two doors runs ahead, then behind, by less and by more than a minute.
      for (const shiftMs of [20_000, -20_000, 45_000, -45_000, 90_000, -90_000, 0]) {
        writeFileSync(`${clock}-second`, String(shiftMs));
        await pause(2000);
      }
      await load.stop();
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );

  test(
    'with few file handles and a small heap: it takes what it can and loses nothing',
    async () => {
      story = await openStory(stack, { seed: 112 });
      const small = await story.services.add('small', everything, { nodeArguments: ['--max-old-space-size=96'] });
      await story.services.waitUntilReady(patienceMs);
      // Not before it runs: Node opens more than a hundred files at once where it loads modules.
      execFileSync('prlimit', [`--pid=${small.pid()}`, '--nofile=64']);
      const loads = [story.load(10), story.load(10), story.load(10)];
      await pause(8000);
      await Promise.all(loads.map((load) => load.stop()));
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );

  test(
    'that works jobs and whose event loop stands still for longer than a job may be away: another does them',
    async () => {
      story = await openStory(stack, { seed: 113 });
      await story.services.add('api', 'api,project');
      const blocked = await story.services.add('jobs-1', 'jobs');
      await story.services.add('jobs-2', 'jobs');
      await story.services.waitUntilReady(patienceMs);
      const load = story.load();
      await pause(3000);
      blocked.signal('SIGSTOP');
      await load.stop();
      const frozenMs = Date.now();
      await waitUntilAllReconciled(frozenMs);
      blocked.signal('SIGCONT');
      await pause(2000);
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );

  test(
    'and every other one with it, killed at once, again and again',
    async () => {
      story = await openStory(stack, { seed: 114, variables: { PROJECTOR_LEASE_MS: '2000' } });
      await story.services.add('api', 'api');
      await story.services.add('project', 'project');
      await story.services.add('jobs', 'jobs');
      await story.services.waitUntilReady(patienceMs);
      const load = story.load();
      for (let time = 0; time < timesOfAll; time += 1) {
        await pause(1500 + 300 * time);
        for (const store of storeNames) stack.signal(store, 'SIGKILL');
        await Promise.all(story.services.all.map((service) => service.kill()));
        await stack.waitUntilAllAnswer(patienceMs);
        await story.services.waitUntilReady(patienceMs);
      }
      await load.stop();
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );
});

/** Every cascade that has shares was compared after a moment, although one of the workers stands still. */
async function waitUntilAllReconciled(afterMs: number): Promise<void> {
  const deadlineMs = Date.now() + 90_000;
  for (;;) {
    const [row] = await story.ask.facts(
      `SELECT count() AS waiting FROM (SELECT root_id, max(link_seq) AS link_seq FROM cascades GROUP BY root_id HAVING sum(posts) > 1) AS c
       LEFT JOIN (SELECT root_id, max(reconciliations.link_seq) AS link_seq FROM reconciliations GROUP BY root_id) AS r ON r.root_id = c.root_id
       WHERE r.link_seq < c.link_seq`,
    );
    if (Number(row?.['waiting']) === 0) return;
    if (Date.now() > deadlineMs) throw new Error(`${String(row?.['waiting'])} cascades wait since ${afterMs}`);
    await pause(500);
  }
}

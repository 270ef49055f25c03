import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { notRunHere } from '../setup/not-run-here.ts';
import { type FaultStack, openFaultStack } from './harness/fault-stack.ts';
import { openStory, type Story } from './harness/fault-story.ts';
import { type OwnRedis, startOwnRedis } from './harness/own-redis.ts';
import { longTestMs, patienceMs } from './harness/patience.ts';
import { attachStrace, detachStrace, whyNoStrace } from './harness/strace.ts';

let stack: FaultStack;
let redis: OwnRedis;
let story: Story;

beforeAll(async () => {
  stack = await openFaultStack();
}, longTestMs);
afterEach(async () => {
  await story.close();
  await redis.stop();
}, longTestMs);
afterAll(async () => {
  await stack.close();
});

async function open(seed: number, prelude?: string): Promise<void> {
  redis = await startOwnRedis(stack.home, String(seed), prelude);
  story = await openStory(stack, { seed, redisUrl: redis.url, variables: { PROJECTOR_LEASE_MS: '1000' } });
  await story.services.add('all', 'api,project,jobs');
  await story.services.waitUntilReady(patienceMs);
}

describe('the disk below the log', () => {
  test(
    'full: nothing is acknowledged that is not on it',
    async () => {
      // A file may not grow beyond this many blocks of 1,024 bytes; a write beyond fails as on a full disk.
      await open(91, "trap '' XFSZ; ulimit -f 1024");
      const load = story.load(40);
      for (let waited = 0; !redis.hasEnded() && waited < 600; waited += 1) await pause(100);
      expect(redis.hasEnded()).toBe(true);
      await pause(1000);
      expect(story.attempts.slice(-3).every(({ status }) => status === 503 || status === 504 || status === null)).toBe(
        true,
      );
      await redis.start('true');
      await load.stop();
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );

  test(
    'torn at the end of the log by a crash: what was acknowledged is whole',
    async () => {
      await open(92);
      await story.send(10);
      await redis.kill();
      // A command that was being written and never answered for.
      const torn = Buffer.from('*3\r\n$3\r\nSET\r\n$9\r\nunfinish');
      appendFileSync(redis.tail(), torn);
      await redis.start();
      expect(readFileSync(redis.tail()).includes('unfinish')).toBe(false);
      await story.send(10);
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );

  registerStrace();
});

const traced = ['-e', 'trace=write,writev,fdatasync,fsync'];

function registerStrace(): void {
  const reason = whyNoStrace();
  if (reason !== undefined) {
    notRunHere('fsync before the answer', reason);
    return;
  }
  test(
    'written, synced, and only then answered',
    async () => {
      await open(93);
      await story.send(2);
      const trace = join(redis.folder, 'strace.txt');
      const tracer = await attachStrace(redis.pid(), ['-y', ...traced, '-o', trace]);
      await story.send(3);
      await detachStrace(tracer);
      expect(orderOf(readFileSync(trace, 'utf8'))).toEqual([]);
    },
    longTestMs,
  );
}

/** Between an append to the log's file and the next byte to a client the file must have been synced; else the line is a fault. */
function orderOf(trace: string): string[] {
  const faults: string[] = [];
  let [isDirty, appends] = [false, 0];
  for (const line of trace.split('\n')) {
    const isOfFile = line.includes('.incr.aof>');
    if (isOfFile && line.includes('write')) {
      isDirty = true;
      appends += 1;
    } else if (isOfFile && line.includes('sync(')) isDirty = false;
    else if (isDirty && /writev?\(\d+<(socket|TCP)/.test(line)) faults.push(line);
  }
  return appends > 0 ? faults : ['no append was seen'];
}

import { Redis } from 'ioredis';
import { openLog } from '../src/log/open-log.ts';
import { keepFigures } from '../test/figures/keep-figures.ts';
import { buildBodies } from './build-bodies.ts';
import type { BenchEntry, Measurement } from './measurement.ts';
import { closeLines, sendBody } from './send-bodies.ts';
import { joinRuns, type PacedRun, percentile, sendPaced } from './send-paced.ts';
import { startBenchService } from './start-bench-service.ts';

const eventsPerSecond = 1000;
const eventsPerBody = 50;
const everyMs = (eventsPerBody / eventsPerSecond) * 1000;
const seconds = 40;
// In the first two minutes after a cold start Neo4j's compiler takes half a core; a service runs for longer than that.
const warmUpSeconds = 150;
const goalsMs = { p50: 10, p95: 25, p99: 50 };

/** How long a client waits at a steady 1,000 events a second, against a bare append of the same bytes to the same Redis. */
export const ackLatencyEntry: BenchEntry = {
  name: 'ack-latency',
  measure: async (rounds) => {
    const url = process.env['REDIS_URL'];
    if (url === undefined) throw new Error('REDIS_URL is not set: npm run bench starts the stores and sets it');
    const service = await startBenchService();
    const redis = new Redis(url);
    const log = await openLog({ url, prefix: service.prefix, idMemoryBytes: 2 ** 28, answerTimeoutMs: 5000 });
    const bareKey = `${service.prefix}:bare`;
    try {
      if (!(await writesBeforeAnswering(redis))) throw new Error('this Redis does not run with appendfsync always');
      const append = async (body: Buffer) => (await redis.xadd(bareKey, '*', 'b', body)) !== null;
      const accept = async (body: Buffer) => (await sendBody(`${service.url}/v1/events`, body)) === eventsPerBody;
      const warm = await sendPaced(accept, bodiesFor(warmUpSeconds, 'warm'), everyMs);
      const [ours, bare]: [PacedRun[], PacedRun[]] = [[warm], []];
      for (let round = 0; round < rounds; round += 1) {
        const bodies = bodiesFor(seconds / rounds, String(round));
        bare.push(await sendPaced(append, bodies, everyMs));
        ours.push(await sendPaced(accept, bodies, everyMs));
      }
      const sentByUs = joinRuns(ours);
      const sentBare = joinRuns(bare);
      const equal =
        sentByUs.failed + sentBare.failed === 0 &&
        (await log.lastSeq()) === sentByUs.latenciesMs.length * eventsPerBody &&
        (await log.length()) === sentByUs.latenciesMs.length &&
        (await redis.xlen(bareKey)) === sentBare.latenciesMs.length;
      const counted = joinRuns(ours.slice(1));
      const [p50Ms, p99Ms] = [percentile(counted.latenciesMs, 0.5), percentile(counted.latenciesMs, 0.99)];
      if (equal) keepFigures('ackLatency', { eventsPerSecond, p50Ms: Math.round(p50Ms), p99Ms: Math.round(p99Ms) });
      return compare(counted, sentBare, equal);
    } finally {
      closeLines();
      await service.stop();
      await redis.del(bareKey);
      redis.disconnect();
      log.close();
    }
  },
};

async function writesBeforeAnswering(redis: Redis): Promise<boolean> {
  return (await redis.config('GET', 'appendfsync')).toString().includes('always');
}

function bodiesFor(lastingSeconds: number, run: string): Buffer[] {
  return buildBodies(Math.round((lastingSeconds * 1000) / everyMs), eventsPerBody, run);
}

function compare(ours: PacedRun, bare: PacedRun, equal: boolean): Measurement[] {
  const at = (name: string, part: number, oursAtMost: number): Measurement => ({
    name: `ack-latency ${name}`,
    unit: 'ms',
    ours: [percentile(ours.latenciesMs, part)],
    baseline: [percentile(bare.latenciesMs, part)],
    equal,
    bar: { oursAtMost },
  });
  return [at('p50', 0.5, goalsMs.p50), at('p95', 0.95, goalsMs.p95), at('p99', 0.99, goalsMs.p99)];
}

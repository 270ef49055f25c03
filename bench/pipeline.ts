import { openWholeService, type WholeService } from './load/open-whole-service.ts';
import { runLoad, withBareParser } from './load/run-load.ts';
import { allOfIt, crowd, rateOf, runUntilHeld } from './load/run-until-held.ts';
import type { BenchEntry, Measurement } from './measurement.ts';
import { sizeOf } from './size-of.ts';

const goal = 50_000;
const floor = 30_000;

/**
 * The whole service under all that a process of clients can send, until every store and the tally hold everything, against
 * the rate at which a bare handler takes the same bodies. One round: it is as long as seven of others.
 */
export const pipelineEntry: BenchEntry = {
  name: 'pipeline',
  measure: async () => {
    const seconds = sizeOf('BENCH_SECONDS', 60);
    const bareSeconds = Math.max(1, Math.ceil(seconds / 6));
    const bare = await withBareParser(async (url) => {
      await runLoad({ ...allOfIt, url, seconds: Math.ceil(bareSeconds / 2) });
      return runLoad({ ...allOfIt, url, seconds: bareSeconds });
    });
    const service = await openWholeService();
    try {
      return [await measurePipeline(service, seconds, rateOf(bare, bare.endedAtMs))];
    } finally {
      await service.close();
    }
  },
};

async function measurePipeline(service: WholeService, seconds: number, baseline: number): Promise<Measurement> {
  const url = `${service.url}/v1/events`;
  const began = await service.begin(crowd);
  const warm = await runUntilHeld(service, { ...allOfIt, url, seconds: Math.ceil(seconds / 6), seed: 2 });
  const run = await runUntilHeld(service, { ...allOfIt, url, seconds });
  const { accepted, shed, repeated, endedAtMs } = run.sent;
  console.error(
    `pipeline: ${Math.round(run.perSecond)} events/s until held everywhere (goal ${goal}, floor ${floor}); ` +
      `${accepted} accepted at ${Math.round(rateOf(run.sent, endedAtMs))} events/s, ` +
      `held ${Math.round((run.heldAtMs - endedAtMs) / 1000)} s after the last; ` +
      `turned away ${shed} times, sent again ${repeated} times`,
  );
  return {
    name: 'pipeline: accepted until all stores and the tally hold it, vs a bare parser',
    unit: 'events/s',
    ours: [run.perSecond],
    baseline: [baseline],
    equal: accepted > 0 && (await service.hasAll(began + warm.sent.accepted + accepted)),
    bar: { ratioAtLeast: 0.1 },
  };
}

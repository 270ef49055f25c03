import type { Cascades } from '../../src/cascade/open-cascades.ts';
import { summarizeCascade } from '../../src/cascade/summary/summarize-cascade.ts';
import type { BenchEntry, Measurement } from '../measurement.ts';
import { timeInTurn } from '../time-in-turn.ts';
import { countWiener, type DrawnCascade, drawCascade, linkRoot, timeOf, writeLineage } from './draw-cascade.ts';
import { type CascadeBench, openCascadeBench } from './open-cascade-bench.ts';

const times = 5;
const posts = 1_000_000;
/** A fifth more than the cascade grew: sorting grows faster than what is sorted. */
const bar = { ratioAtMost: times * 1.2 };

/** What five times the posts cost: as much again and again, or worse. */
export const cascadeGrowthEntry: BenchEntry = {
  name: 'cascade-growth',
  measure: async (rounds) => {
    const bench = await openCascadeBench();
    try {
      const large = drawCascade('bench-five', posts * times);
      const small = drawCascade('bench-one', posts);
      for (const cascade of [large, small]) {
        await linkRoot(bench.graph, cascade);
        await writeLineage(bench.facts, cascade, 0, cascade.depth.length);
      }
      return [
        await measureSummaries(bench, { large, small, rounds }),
        ...(await measureQuestions(bench, { large, small, rounds })),
      ];
    } finally {
      await bench.close();
    }
  },
};

type Sizes = { large: DrawnCascade; small: DrawnCascade; rounds: number };

async function measureSummaries(bench: CascadeBench, { large, small, rounds }: Sizes): Promise<Measurement> {
  const found: boolean[] = [];
  let cascades = bench.open();
  const cold = (cascade: DrawnCascade) => {
    const wiener = String(countWiener(cascade, cascade.depth.length));
    return {
      before: async () => {
        await cascades.close();
        cascades = bench.open();
        await cascades.held();
      },
      run: async () => {
        const outcome = await summarizeCascade({ ...bench, cascades }, cascade.rootId, null);
        found.push(outcome.kind === 'found' && outcome.summary.wienerIndex === wiener);
      },
    };
  };
  const took = await timeInTurn(cold(large), cold(small), rounds);
  await cascades.close();
  const name = `cascade-growth summary, cold, of ${posts * times} posts vs ${posts}`;
  return { name, unit: 'ms', equal: found.every(Boolean), bar, ...took };
}

const firstOf = { limit: 50, after: null };
const shown = { show: ['descendants', 'direct'] as const, keepsZero: false, ...firstOf };

type Ask = (cascades: Cascades, cascade: DrawnCascade) => Promise<number | undefined>;

/** What is asked of a cascade in memory; each gives back the posts that it went through. */
const asks: Record<string, Ask> = {
  'summary as of a time': async (cascades, cascade) => {
    const atMs = timeOf(cascade, cascade.depth.length - 1);
    return (await cascades.ask(extentOf(cascade), 'shape', { atMs })).answer?.shape.size;
  },
  'time line': async (cascades, cascade) => {
    const asked = { stepMs: null, fit: 1000, fromMs: null, toMs: null, skip: 0, take: 1000 };
    const { answer } = await cascades.ask(extentOf(cascade), 'timeLine', asked);
    return (answer.cumulative.at(-1) ?? 0) + 1;
  },
  'top posts': async (cascades, cascade) => {
    const ranking = { choice: { kind: 'all' as const }, by: 'shapley' as const, ...shown };
    return (await cascades.ask(extentOf(cascade), 'rankPosts', { atMs: null, ranking })).answer?.posts;
  },
  'top accounts': async (cascades, cascade) => {
    const ranking = { by: 'descendants' as const, withoutRoot: false, ...firstOf };
    return (await cascades.ask(extentOf(cascade), 'rankAccounts', { atMs: null, ranking })).answer?.posts;
  },
  counterfactual: async (cascades, cascade) => {
    const asked = { seq: 0, mode: 'subtree' as const, timesMs: Float64Array.of(0), views: null };
    return (await cascades.ask(extentOf(cascade), 'preventShares', asked)).answer[0]?.upper;
  },
};

function extentOf({ rootId, depth }: DrawnCascade) {
  return { rootId, generation: 0, posts: depth.length };
}

async function measureQuestions(bench: CascadeBench, { large, small, rounds }: Sizes): Promise<Measurement[]> {
  const cascades = bench.open();
  const measured: Measurement[] = [];
  for (const [question, ask] of Object.entries(asks)) {
    const right: boolean[] = [];
    const timed = (cascade: DrawnCascade) => ({
      run: async () => right.push((await ask(cascades, cascade)) === cascade.depth.length),
    });
    const took = await timeInTurn(timed(large), timed(small), rounds);
    const name = `cascade-growth ${question} of ${posts * times} posts vs ${posts}`;
    measured.push({ name, unit: 'ms', equal: right.every(Boolean), bar, ...took });
  }
  return measured;
}

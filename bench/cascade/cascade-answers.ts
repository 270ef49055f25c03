import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createClient } from '@clickhouse/client';
import { z } from 'zod';
import { findExtent } from '../../src/cascade/desk/find-extent.ts';
import { findKnownRoot } from '../../src/cascade/find-root.ts';
import type { Cascades } from '../../src/cascade/open-cascades.ts';
import { readDepths } from '../../src/cascade/summary/read-depths.ts';
import { summarizeCascade } from '../../src/cascade/summary/summarize-cascade.ts';
import type { BenchEntry, Measurement } from '../measurement.ts';
import { manyTimes, timeInTurn } from '../time-in-turn.ts';
import { countWiener, type DrawnCascade, drawCascade, linkRoot, writeLineage } from './draw-cascade.ts';
import { type CascadeBench, openCascadeBench } from './open-cascade-bench.ts';

const posts = Number(process.env['BENCH_CASCADE_POSTS'] ?? 1_000_000);
const sharesMore = 5000;
const small = 1001;
const turns = 20;
// A database that was just started becomes quick by being asked.
const warmUpTurns = 400;
const memoryReadings = 3;
const bytesAPost = 28;

/** The least that a question to the store takes. */
const emptyStatement = {
  path: 'none',
  text: 'SELECT 1 AS one',
  params: z.object({}),
  row: z.object({ one: z.number() }),
};

/** What a cascade of a million shares answers, against the least that the stores themselves take. */
export const cascadeAnswersEntry: BenchEntry = {
  name: 'cascade-answers',
  measure: async (rounds) => {
    const bench = await openCascadeBench();
    try {
      const large = drawCascade('bench-large', posts + sharesMore * (rounds + 2));
      const little = drawCascade('bench-small', small);
      for (const cascade of [large, little]) await linkRoot(bench.graph, cascade);
      await writeLineage(bench.facts, large, 0, posts);
      await writeLineage(bench.facts, little, 0, small);
      return [
        ...(await measureCounts(bench, rounds)),
        ...(await measureSummary(bench, large, rounds)),
        await measureGrowth(bench, large, rounds),
      ];
    } finally {
      await bench.close();
    }
  },
};

async function measureCounts({ facts, graph, open }: CascadeBench, rounds: number): Promise<Measurement[]> {
  const cascades = open();
  const empty = { run: manyTimes(turns, () => facts.select(emptyStatement, {})) };
  const total = (rootId: string) => ({ run: manyTimes(turns, () => findExtent({ facts }, rootId)) });
  const depths = { run: manyTimes(turns, () => readDepths({ graph, facts, cascades }, 'bench-large', null)) };
  const extents = await Promise.all(['bench-large', 'bench-small'].map((rootId) => findExtent({ facts }, rootId)));
  const equal = extents[0]?.posts === posts && extents[1]?.posts === small;
  await manyTimes(warmUpTurns, () => findKnownRoot({ graph }, 'bench-large'))();
  const found = await readDepths({ graph, facts, cascades }, 'bench-large', null);
  const inDepths = found.kind === 'found' ? found.depths.reduce((sum, { shares }) => sum + shares, 0) : 0;
  const named = (name: string, bar: Measurement['bar'], same: boolean) => ({
    name: `cascade-answers ${name}`,
    unit: `ms, ${turns} in turn`,
    equal: same,
    bar,
  });
  return [
    {
      ...named('total vs an empty query', { ratioAtMost: 1.5 }, equal),
      ...(await timeInTurn(total('bench-large'), empty, rounds)),
    },
    {
      ...named('total vs of 1,000 shares', { ratioAtMost: 1.3 }, equal),
      ...(await timeInTurn(total('bench-large'), total('bench-small'), rounds)),
    },
    {
      ...named('depths vs an empty query', { ratioAtMost: 2 }, inDepths === posts - 1),
      ...(await timeInTurn(depths, empty, rounds)),
    },
  ];
}

async function measureSummary(bench: CascadeBench, large: DrawnCascade, rounds: number): Promise<Measurement[]> {
  const { facts, graph, open } = bench;
  let cascades = open();
  const wiener = String(countWiener(large, posts));
  const right: boolean[] = [];
  const summarize = async (held: Cascades) => {
    const outcome = await summarizeCascade({ graph, facts, cascades: held }, large.rootId, null);
    right.push(outcome.kind === 'found' && outcome.summary.wienerIndex === wiener && outcome.summary.size === posts);
  };
  const cold = await timeInTurn(
    {
      before: async () => {
        await cascades.close();
        cascades = open();
        // A thread takes a moment to start, once in the life of a service.
        await cascades.held();
      },
      run: () => summarize(cascades),
    },
    { run: () => streamRows(bench, large.rootId) },
    rounds,
  );
  const often = (run: () => Promise<unknown>) => ({ run: manyTimes(turns, run) });
  const empty = often(() => facts.select(emptyStatement, {}));
  const warm = await timeInTurn(
    often(() => summarize(cascades)),
    empty,
    rounds,
  );
  const equal = right.every(Boolean);
  return [
    {
      name: 'cascade-answers summary, cold, vs streaming its rows as JSON',
      unit: 'ms',
      equal,
      bar: { ratioAtMost: 0.5 },
      ...cold,
    },
    {
      name: 'cascade-answers summary, warm, vs an empty query',
      unit: `ms, ${turns} in turn`,
      equal,
      bar: { oursAtMost: 10 * turns },
      ...warm,
    },
    await memoryGrown(bench, large),
  ];
}

/** Megabytes that a process of its own has more after its first summary, the thread that holds cascades included. */
async function memoryGrown({ clickhouse }: CascadeBench, { rootId }: DrawnCascade): Promise<Measurement> {
  const script = ['--import', 'tsx', 'bench/cascade/summary-memory.ts', clickhouse.database, rootId];
  const grown: number[] = [];
  let equal = true;
  for (let reading = 0; reading < memoryReadings; reading += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, script);
    const told = z.object({ size: z.number().nullable(), grown: z.number() }).parse(JSON.parse(stdout));
    grown.push(told.grown);
    equal &&= told.size === posts;
  }
  const baseline = grown.map(() => (posts * bytesAPost) / 1e6);
  const name = 'cascade-answers memory grown by the first summary, vs its columns alone';
  return { name, unit: 'MB', equal, bar: { oursAtMost: 100 }, ours: grown, baseline };
}

/** The same rows as a client without columns would take them. */
async function streamRows({ clickhouse }: CascadeBench, rootId: string): Promise<number> {
  const client = createClient(clickhouse);
  const result = await client.query({
    query:
      'SELECT seq, post_id, parent_id, depth, account_id, shared_at FROM lineage WHERE root_id = {rootId:String} ORDER BY seq',
    query_params: { rootId },
    format: 'JSONEachRow',
  });
  let rows = 0;
  for await (const part of result.stream()) for (const row of part) rows += Object.keys(row.json()).length > 0 ? 1 : 0;
  await client.close();
  if (rows < posts) throw new Error(`${rows} rows were streamed of ${posts}`);
  return rows;
}

/** Shares that have just come into lineage: how long until the summary has them. */
async function measureGrowth(bench: CascadeBench, large: DrawnCascade, rounds: number): Promise<Measurement> {
  const { facts, graph, open } = bench;
  const cascades = open();
  const summarize = async () => {
    const outcome = await summarizeCascade({ graph, facts, cascades }, large.rootId, null);
    return outcome.kind === 'found' ? outcome.summary : null;
  };
  await summarize();
  const times: number[] = [];
  let equal = true;
  let size = posts;
  for (let round = -1; round < rounds; round += 1) {
    await writeLineage(facts, large, size, size + sharesMore);
    size += sharesMore;
    bench.arrive(size);
    const startedAt = performance.now();
    const summary = await summarize();
    if (round >= 0) times.push(performance.now() - startedAt);
    equal &&= summary?.size === size;
    if (round === rounds - 1) equal &&= summary?.wienerIndex === String(countWiener(large, size));
  }
  return {
    name: `cascade-answers summary after ${sharesMore} shares more`,
    unit: 'ms',
    equal,
    bar: { oursAtMost: 50 },
    ours: times,
    baseline: times.map(() => 50),
  };
}

import { z } from 'zod';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';
import type { MinuteRange } from './find-door-counts.ts';
import { cutAt, type SeqRun } from './seq-runs.ts';

const seqRange = z.object({ firstSeq: z.number(), lastSeq: z.number() });

export const readPositionStatement = statement('cypher/ledger/read-position.cypher', {
  params: z.object({}),
  row: z.object({ seq: z.number() }),
});
export const readTalliesStatement = statement('cypher/ledger/read-tallies.cypher', {
  params: z.object({ fromMs: z.number(), toMs: z.number() }),
  row: z.object({
    minuteMs: z.number(),
    seq: z.number(),
    stored: z.number(),
    notForThisStore: z.number(),
    lateDuplicate: z.number(),
    lateConflict: z.number(),
    deadLettered: z.number(),
  }),
});
export const countRefusalsStatement = statement('cypher/ledger/count-refusals.cypher', {
  params: z.object({
    runs: z.array(z.object({ minuteMs: z.number(), first: z.number(), last: z.number() })),
    dead: z.array(z.number()),
  }),
  row: z.object({ minuteMs: z.number(), refusals: z.number() }),
});
export const findDeadRefusalsStatement = statement('cypher/ledger/find-dead-refusals.cypher', {
  params: seqRange,
  row: z.object({ seq: z.number() }),
});
export const findWaitingPostsStatement = statement('cypher/ledger/find-waiting-posts.cypher', {
  params: seqRange,
  row: z.object({ state: z.enum(['pending', 'quarantined']), seqs: z.array(z.number()) }),
});

export type Tally = z.output<typeof readTalliesStatement.row>;

type Deps = { graph: Pick<Graph, 'read'> };

/** How far the graph is by its own word, 0 before it has begun. */
export async function readGraphSeq({ graph }: Deps): Promise<number> {
  const [cursor] = await graph.read(readPositionStatement, {});
  return cursor?.seq ?? 0;
}

export async function readTallies({ graph }: Deps, range: MinuteRange): Promise<Map<number, Tally>> {
  const tallies = await graph.read(readTalliesStatement, { fromMs: range.fromMs, toMs: range.toMs });
  return new Map(tallies.map((tally) => [tally.minuteMs, tally]));
}

export async function findDeadRefusals({ graph }: Deps, runs: readonly SeqRun[]): Promise<number[]> {
  if (runs.length === 0) return [];
  const refusals = await graph.read(findDeadRefusalsStatement, extentOf(runs));
  return refusals.map(({ seq }) => seq);
}

/** Refused posts by minute, up to a number, without those that wait as dead letters. */
export async function countRefusals(
  { graph }: Deps,
  runs: readonly SeqRun[],
  upTo: { seq: number; dead: ReadonlySet<number> },
): Promise<Map<number, number>> {
  const asked = cutAt(runs, upTo.seq);
  if (asked.length === 0) return new Map();
  const counted = await graph.read(countRefusalsStatement, { runs: asked, dead: [...upTo.dead] });
  return new Map(counted.map(({ minuteMs, refusals }) => [minuteMs, refusals]));
}

/** Accept numbers of posts that are stored and not linked. */
export type WaitingPosts = { pending: number[]; quarantined: number[] };

export async function findWaitingPosts({ graph }: Deps, runs: readonly SeqRun[]): Promise<WaitingPosts> {
  if (runs.length === 0) return { pending: [], quarantined: [] };
  const found = await graph.read(findWaitingPostsStatement, extentOf(runs));
  const ofState = (state: string) => found.filter((row) => row.state === state).flatMap(({ seqs }) => seqs);
  return { pending: ofState('pending'), quarantined: ofState('quarantined') };
}

function extentOf(runs: readonly SeqRun[]): { firstSeq: number; lastSeq: number } {
  return {
    firstSeq: runs.reduce((lowest, { first }) => Math.min(lowest, first), Number.MAX_SAFE_INTEGER),
    lastSeq: runs.reduce((highest, { last }) => Math.max(highest, last), 0),
  };
}

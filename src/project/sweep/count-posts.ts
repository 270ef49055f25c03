import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import type { Stretch } from '../rebuild/check-numbers.ts';

const stretch = z.object({ fromSeq: z.number(), toSeq: z.number(), size: z.number() });
const counted = z.object({ bucket: z.number(), posts: z.number(), sums: z.number() });
const range = z.object({ fromSeq: z.number(), toSeq: z.number() });
const maker = z.object({ acceptSeq: z.number(), postId: z.string() });

export const countPostsStatement = statement('cypher/project/sweep/count-posts.cypher', {
  params: stretch,
  row: counted,
});
export const countMakersStatement = statement('clickhouse/project/sweep/count-makers.sql', {
  params: stretch,
  row: counted,
});
export const listAcceptedPostsStatement = statement('cypher/project/sweep/list-accepted-posts.cypher', {
  params: range,
  row: maker.extend({ isRefused: z.boolean() }),
});
export const listMakersStatement = statement('clickhouse/project/sweep/list-makers.sql', { params: range, row: maker });

type Deps = { graph: Pick<Graph, 'read'>; facts: Pick<Facts, 'select'> };

/** Posts of a stretch that only one of the stores has, found by counting and looked for only where the counts differ. */
export async function countPosts({ graph, facts }: Deps, asked: Stretch): Promise<string[]> {
  const inGraph = await graph.read(countPostsStatement, asked);
  const inFacts = await facts.select(countMakersStatement, asked);
  const said = new Map(inGraph.map((row) => [row.bucket, row]));
  const buckets = new Set([...inGraph, ...inFacts].map((row) => row.bucket));
  const told = new Map(inFacts.map((row) => [row.bucket, row]));
  const suspects: string[] = [];
  for (const bucket of buckets) {
    const [left, right] = [said.get(bucket), told.get(bucket)];
    if (left?.posts === right?.posts && left?.sums === right?.sums) continue;
    const fromSeq = Math.max(asked.fromSeq, bucket * asked.size + 1);
    suspects.push(...(await listUneven({ graph, facts }, fromSeq, Math.min(asked.toSeq, (bucket + 1) * asked.size))));
  }
  return [...new Set(suspects)];
}

/** An event that the graph refused makes no post there, and is right not to. */
async function listUneven({ graph, facts }: Deps, fromSeq: number, toSeq: number): Promise<string[]> {
  const inGraph = await graph.read(listAcceptedPostsStatement, { fromSeq, toSeq });
  const inFacts = await facts.select(listMakersStatement, { fromSeq, toSeq });
  const settled = new Set(inGraph.map(keyOf));
  const refused = new Set(inGraph.filter((row) => row.isRefused).map((row) => row.acceptSeq));
  const made = new Set(inFacts.map(keyOf));
  const lost = inFacts.filter((row) => !settled.has(keyOf(row)) && !refused.has(row.acceptSeq));
  const unsent = inGraph.filter((row) => !row.isRefused && !made.has(keyOf(row)));
  return [...lost, ...unsent].map((row) => row.postId);
}

function keyOf({ acceptSeq, postId }: z.output<typeof maker>): string {
  return `${acceptSeq} ${postId}`;
}

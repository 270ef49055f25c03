import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { rootsOf } from '../compare-facts.ts';
import { walkTogether } from '../dump/compare-dumps.ts';
import { readLineage } from '../dump-facts.ts';
import { lineageLines, linkedLines } from './linked-lines.ts';

export const setLinkSeqsStatement = statement('cypher/replay/set-link-seqs.cypher', {
  params: z.object({ posts: z.array(z.object({ id: z.string(), linkSeq: z.number() })) }),
  row: z.object({}),
});
export const findCascadePostsStatement = statement('cypher/replay/find-cascade-posts.cypher', {
  params: z.object({ rootId: z.string(), afterDepth: z.number(), afterId: z.string(), limit: z.number() }),
  row: z.object({ id: z.string(), depth: z.number() }),
});
export const forgetRootChangesStatement = statement('cypher/replay/forget-root-changes.cypher', {
  params: z.object({ limit: z.number() }),
  row: z.object({ forgotten: z.number() }),
});
export const markRootChangesStatement = statement('cypher/replay/mark-root-changes.cypher', {
  params: z.object({ changes: z.array(z.object({ linkSeq: z.number(), rootId: z.string() })) }),
  row: z.object({}),
});

type Deps = { graph: Graph; facts: Pick<Facts, 'select'> };
type Limits = { pageSize: number };

/** How many cascades lineage can keep as it has them, which it has to write anew, and the last link number given. */
export type AdoptedOrder = { linkSeq: number; rewritten: string[] };

/**
 * A graph that was made anew has link numbers of its own, and lineage follows those of the old one. So posts that lineage
 * has as the graph has them take the numbers that lineage knows; all others come behind `mirrored`, up to which lineage
 * has followed, marked so that it writes their cascades anew. Done twice it does the same.
 */
export async function adoptLinkOrder(deps: Deps, mirrored: number, limits: Limits): Promise<AdoptedOrder> {
  const { differing, known } = await findDiffering(deps, limits);
  const highest = await takeKnownNumbers(deps, differing, limits);
  while (((await deps.graph.write(forgetRootChangesStatement, { limit: limits.pageSize }))[0]?.forgotten ?? 0) > 0);
  let linkSeq = Math.max(mirrored, highest);
  for (const rootId of [...differing].sort()) {
    // The mark comes first: lineage lets go of what it had before it takes the posts one by one.
    if (known.has(rootId)) {
      linkSeq += 1;
      await deps.graph.write(markRootChangesStatement, { changes: [{ linkSeq, rootId }] });
    }
    linkSeq = await numberCascade(deps, { rootId, linkSeq }, limits);
  }
  return { linkSeq, rewritten: [...differing].sort() };
}

/** Cascades on which graph and lineage do not agree in every post; `known`: those of them that lineage has heard of. */
async function findDiffering(
  { graph, facts }: Deps,
  { pageSize }: Limits,
): Promise<{ differing: Set<string>; known: Set<string> }> {
  const differing = new Set<string>();
  const known = new Set<string>();
  for await (const pair of walkTogether(lineageLines(facts, pageSize), linkedLines(graph, pageSize))) {
    for (const rootId of rootsOf({ ...pair, fresh: null })) known.add(rootId);
    if (pair.live !== pair.fresh) for (const rootId of rootsOf(pair)) differing.add(rootId);
  }
  return { differing, known };
}

async function takeKnownNumbers(
  { graph, facts }: Deps,
  differing: ReadonlySet<string>,
  { pageSize }: Limits,
): Promise<number> {
  let highest = 0;
  let posts: Array<{ id: string; linkSeq: number }> = [];
  const write = async () => {
    if (posts.length > 0) await graph.write(setLinkSeqsStatement, { posts });
    posts = [];
  };
  for await (const { key, lines, linkSeq } of readLineage({ facts }, pageSize)) {
    highest = Math.max(highest, linkSeq);
    if (rootsOf({ live: lines.join(' '), fresh: null }).some((rootId) => differing.has(rootId))) continue;
    posts.push({ id: key, linkSeq });
    if (posts.length >= pageSize) await write();
  }
  await write();
  return highest;
}

async function numberCascade(
  { graph }: Deps,
  { rootId, linkSeq }: { rootId: string; linkSeq: number },
  { pageSize: limit }: Limits,
): Promise<number> {
  let last = linkSeq;
  for (let after = { depth: -1, id: '' }; ; ) {
    const page = await graph.read(findCascadePostsStatement, {
      rootId,
      afterDepth: after.depth,
      afterId: after.id,
      limit,
    });
    const from = last;
    const posts = page.map(({ id }, index) => ({ id, linkSeq: from + index + 1 }));
    if (posts.length > 0) await graph.write(setLinkSeqsStatement, { posts });
    last += posts.length;
    const end = page.at(-1);
    if (end === undefined || page.length < limit) return last;
    after = end;
  }
}

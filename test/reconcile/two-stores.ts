import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { hashId } from '../../src/event/hash-id.ts';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { nothingProjected } from '../../src/log/projector/progress.ts';
import type { ReconcileDeps } from '../../src/reconcile/reconcile-roots.ts';

/** A post as both stores should have it; linkSeq is acceptSeq here. */
export type TestPost = { id: string; parentId: string | null; rootId: string; depth: number; at: number; seq: number };

export const baseMs = Date.UTC(2026, 0, 15, 12, 0, 0, 123);

/** A root and its shares: `parents` names for each share the index of its parent, the root being 0. */
export function buildCascade(rootId: string, parents: readonly number[], firstSeq = 1): TestPost[] {
  const posts: TestPost[] = [{ id: rootId, parentId: null, rootId, depth: 0, at: baseMs, seq: firstSeq }];
  for (const [index, parent] of parents.entries()) {
    const from = posts[parent];
    if (from === undefined) throw new Error(`share ${index} names a parent that comes later`);
    const at = baseMs + 1000 * (index + 1) + index;
    const seq = firstSeq + index + 1;
    posts.push({ id: `${rootId}/s${index}`, parentId: from.id, rootId, depth: from.depth + 1, at, seq });
  }
  return posts;
}

const createPosts = {
  path: 'posts and edges as the projector leaves them',
  text: `UNWIND $posts AS row
    CREATE (post:Post {id: row.id, state: 'linked', rootId: row.rootId, depth: row.depth, createdAt: row.at,
      acceptSeq: row.seq, linkSeq: row.seq, h1: row.h1, h2: row.h2})
    WITH post, row WHERE row.parentId IS NOT NULL
    MATCH (parent:Post {id: row.parentId})
    CREATE (post)-[:SHARED_FROM {at: row.at}]->(parent)`,
  params: z.object({ posts: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))) }),
  row: z.object({}),
};
const setCursor = {
  path: 'how far the graph is',
  text: "MERGE (c:Cursor {stream: '0'}) SET c.seq = $seq, c.linkSeq = $linkSeq, c.acceptedAt = $acceptedAt",
  params: z.object({ seq: z.number(), linkSeq: z.number(), acceptedAt: z.number() }),
  row: z.object({}),
};

/** Level by level, because a statement does not see the nodes it makes itself. */
export async function writeGraph(graph: Graph, posts: readonly TestPost[]): Promise<void> {
  for (let depth = 0; depth <= Math.max(...posts.map((post) => post.depth)); depth += 1) {
    const level = posts.filter((post) => post.depth === depth).map((post) => ({ ...post, ...hashId(post.id) }));
    await graph.write(createPosts, { posts: level });
  }
}

export async function writeLineage(facts: Facts, posts: readonly TestPost[], generation = 0): Promise<void> {
  const columns = [
    'root_id',
    'generation',
    'seq',
    'post_id',
    'parent_id',
    'parent_seq',
    'depth',
    'shared_at',
    'accept_seq',
    'link_seq',
  ];
  const seqs = new Map<string, number>();
  const places = new Map<string, number>();
  const rows = posts.map(({ rootId, id, parentId, depth, at, seq }) => {
    const place = seqs.get(rootId) ?? 0;
    seqs.set(rootId, place + 1);
    places.set(id, place);
    return [rootId, generation, place, id, parentId ?? '', places.get(parentId ?? '') ?? 0, depth, at, seq, seq];
  });
  await facts.insert({ table: 'lineage', columns, token: randomUUID() }, rows);
}

export async function writeShares(facts: Facts, posts: readonly TestPost[]): Promise<void> {
  const columns = ['share_id', 'accept_seq', 'parent_id', 'shared_at', 'accepted_at', 'event_id'];
  const rows = posts.flatMap(({ id, parentId, at, seq }) =>
    parentId === null ? [] : [[id, seq, parentId, at, at, id]],
  );
  await facts.insert({ table: 'shares', columns, token: randomUUID() }, rows);
}

export type Reached = { seq: number; linkSeq: number; factsSeq: number; lineageLinkSeq: number };

const everything = 1_000_000;

/** Reconciling as of now, with both stores as far as told. */
export async function openReconciling(
  { graph, facts }: { graph: Graph; facts: Facts },
  reached: Partial<Reached> = {},
): Promise<ReconcileDeps & { disagreements: string[] }> {
  const { seq = everything, linkSeq = everything, factsSeq = everything, lineageLinkSeq = everything } = reached;
  await graph.write(setCursor, { seq, linkSeq, acceptedAt: baseMs });
  const disagreements: string[] = [];
  return {
    graph,
    facts,
    log: {
      readProgress: async () => ({
        ...nothingProjected,
        graphLinkSeq: linkSeq,
        graphSeq: seq,
        factsSeq,
        lineageLinkSeq,
      }),
      readEntryOfSeq: async () => null,
    },
    now: Date.now,
    onDisagreement: ({ rootId }) => void disagreements.push(rootId),
    disagreements,
  };
}

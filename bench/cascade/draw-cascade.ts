import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';

/** A cascade as arrays, by seq, and what an independent count says of it. */
export type DrawnCascade = {
  rootId: string;
  parentSeq: Uint32Array;
  depth: Uint32Array;
  startMs: number;
};

const startMs = Date.UTC(2026, 0, 1);
const rowsAnInsert = 100_000;

/** A random tree: every share's parent is drawn from the posts before it, the root six times in ten. */
export function drawCascade(rootId: string, posts: number): DrawnCascade {
  const parentSeq = new Uint32Array(posts);
  const depth = new Uint32Array(posts);
  for (let seq = 1; seq < posts; seq += 1) {
    const parent = Math.random() < 0.6 ? 0 : Math.floor(Math.random() * seq);
    parentSeq[seq] = parent;
    depth[seq] = (depth[parent] ?? 0) + 1;
  }
  return { rootId, parentSeq, depth, startMs };
}

export const postIdOf = (rootId: string, seq: number) => (seq === 0 ? rootId : `${rootId}-share-${seq}`);
export const accountIdOf = (seq: number) => `bench-account-${seq % 700_000}`;

/** Every other millisecond a share. */
export const timeOf = ({ startMs: from }: DrawnCascade, seq: number) => from + seq * 2;

/** Makes the cascade's root known to the graph. */
export async function linkRoot(graph: Graph, { rootId, startMs: createdAt }: DrawnCascade): Promise<void> {
  await graph.command(`MERGE (post:Post {id: '${rootId}'}) SET post.state = 'linked', post.rootId = '${rootId}',
    post.depth = 0, post.authorId = '${accountIdOf(0)}', post.createdAt = ${createdAt}`);
}

const columns =
  'root_id generation seq post_id parent_id parent_seq depth account_id account_ord shared_at accept_seq link_seq'.split(
    ' ',
  );

/** Puts a stretch of a cascade into lineage, as the mirror does. */
export async function writeLineage(facts: Facts, cascade: DrawnCascade, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += rowsAnInsert) {
    const end = Math.min(to, start + rowsAnInsert);
    const rows = Array.from({ length: end - start }, (_, index) => lineageRow(cascade, start + index));
    await facts.insert({ table: 'lineage', columns, token: `${cascade.rootId} ${start}` }, rows);
  }
}

function lineageRow(cascade: DrawnCascade, seq: number): unknown[] {
  const { rootId, parentSeq, depth } = cascade;
  const parent = parentSeq[seq] ?? 0;
  const at = new Date(timeOf(cascade, seq)).toISOString().slice(0, -1);
  const parentId = seq === 0 ? '' : postIdOf(rootId, parent);
  const place = [rootId, 0, seq, postIdOf(rootId, seq), parentId, parent, depth[seq]];
  return [...place, accountIdOf(seq), seq % 700_000, at, seq + 1, seq + 1];
}

/** The sum of distances, counted edge by edge with BigInts: slow, and nothing like the code that is measured. */
export function countWiener({ parentSeq }: DrawnCascade, posts: number): bigint {
  const sizes = Array.from({ length: posts }, () => 1n);
  let sum = 0n;
  for (let seq = posts - 1; seq > 0; seq -= 1) {
    const size = sizes[seq] ?? 1n;
    const parent = parentSeq[seq] ?? 0;
    sizes[parent] = (sizes[parent] ?? 1n) + size;
    sum += size * (BigInt(posts) - size);
  }
  return sum;
}

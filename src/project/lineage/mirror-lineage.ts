import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { numberOfPosition } from '../../log/entry-id.ts';
import type { Claim } from '../claim.ts';
import { lineageColumns, placePost, rootsWithLostParents } from './cascade-place.ts';
import { type LinkedPost, nextStretch, type Stretch } from './linked-posts.ts';
import { forgetOldest, type PlacesMemory, recallPlaces } from './places-memory.ts';
import { rewriteRoot } from './rewrite-root.ts';

type Deps = { graph: Graph; facts: Facts };

/** `upTo`: the last place in the link order that the graph projector has told of, after it had committed. */
export type MirrorLimits = { maxPosts: number; maxPlaces: number; upTo: number };

/** `rootIds`: cascades whose shares changed; a root alone has nothing to compare yet. */
export type Mirrored = { posts: number; linkSeq: number; moved: boolean; rootIds: string[] };

/**
 * Copies the next stretch of linked posts into lineage, in link order. The stretch is prepared first: whoever finds it
 * prepared writes the same stretch under the same token, and a stretch that was written already adds nothing.
 */
export async function mirrorLineage(
  deps: Deps,
  claim: Claim,
  memory: PlacesMemory,
  limits: MirrorLimits,
): Promise<Mirrored> {
  const after = numberOfPosition(claim.position);
  const upTo = Math.max(limits.upTo, Number(claim.prepared?.last ?? 0));
  const stretch = await nextStretch(deps.graph, { after, upTo }, limits.maxPosts);
  if (claim.prepared !== null) return repeatPrepared(deps, claim, memory, stretch);
  if (stretch.kind === 'none') return { posts: 0, linkSeq: after, moved: false, rootIds: [] };
  if (stretch.kind === 'rewrite') {
    await rewriteRoot(deps, memory, stretch, limits.maxPosts);
    await claim.commit(String(stretch.linkSeq));
    return { posts: 0, linkSeq: stretch.linkSeq, moved: true, rootIds: [stretch.rootId] };
  }
  await recallPlaces(deps, memory, stretch.posts);
  for (const rootId of rootsWithLostParents(memory, stretch.posts)) {
    await rewriteRoot(deps, memory, { rootId, linkSeq: after }, limits.maxPosts);
  }
  await claim.prepare({ first: String(after + 1), last: String(stretch.last), extra: null });
  await writeStretch(deps, memory, stretch.posts, lineageToken(after + 1, stretch.last));
  await claim.commit(String(stretch.last));
  forgetOldest(memory, limits.maxPlaces);
  return { posts: stretch.posts.length, linkSeq: stretch.last, moved: true, rootIds: rootsOf(stretch.posts) };
}

/** A crash left a stretch of which nobody knows whether it was written: the same cut under the same token is safe. */
async function repeatPrepared(deps: Deps, claim: Claim, memory: PlacesMemory, stretch: Stretch): Promise<Mirrored> {
  const last = Number(claim.prepared?.last);
  const posts = stretch.kind === 'posts' ? stretch.posts.filter((post) => post.linkSeq <= last) : [];
  await writeStretch(deps, memory, posts, lineageToken(numberOfPosition(claim.position) + 1, last));
  await claim.commit(String(last));
  // If it had been written before, the places given just now were never used.
  memory.clear();
  return { posts: posts.length, linkSeq: last, moved: true, rootIds: rootsOf(posts) };
}

function lineageToken(first: number, last: number): string {
  return `lineage:${first}..${last}`;
}

function rootsOf(posts: readonly LinkedPost[]): string[] {
  return [...new Set(posts.filter((post) => post.depth > 0).map((post) => post.rootId))];
}

async function writeStretch(
  deps: Deps,
  memory: PlacesMemory,
  posts: readonly LinkedPost[],
  token: string,
): Promise<void> {
  await recallPlaces(deps, memory, posts);
  const rows = posts.map((post) => placePostOf(memory, post));
  await deps.facts.insert({ table: 'lineage', columns: lineageColumns, token }, rows);
}

function placePostOf(memory: PlacesMemory, post: LinkedPost): unknown[] {
  const cascade = memory.get(post.rootId);
  if (cascade === undefined) throw new Error(`the places of cascade ${post.rootId} were not recalled`);
  return placePost(cascade, post);
}

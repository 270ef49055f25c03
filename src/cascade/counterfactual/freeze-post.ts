import type { Facts } from '../../facts/facts.ts';
import { timeOf } from '../../query/times.ts';
import type { FreezeBody } from '../answers.ts';
import { askCascade } from '../ask-cascade.ts';
import type { NoPost } from '../explain-no-post.ts';
import { findLinkedPost, type LinkedPost } from '../find-linked-post.ts';
import type { RootDeps } from '../find-root.ts';
import type { FreezeMode } from './branch-times.ts';
import { loadViews } from './load-views.ts';
import type { Prevented } from './prevent-shares.ts';

export type FreezeDeps = RootDeps & { facts: Pick<Facts, 'select' | 'selectBytes'>; maxViews: number };

export type FreezeSearch = { rootPostId: string; postId: string; mode: FreezeMode; atMs: number | null };

export type FreezeOutcome = { kind: 'found'; body: FreezeBody } | { kind: 'elsewhere'; rootPostId: string } | NoPost;

const minutes = [0, 1, 5, 15, 30];
const hours = [1, 2, 4, 8, 12];
const days = [1, 2, 3, 7, 14, 30, 90, 365];

/** How long after the post the curve has a point, in seconds. */
const delays = [
  ...minutes.map((count) => count * 60),
  ...hours.map((count) => count * 3600),
  ...days.map((count) => count * 86_400),
];

/** What freezing a post would have prevented, at one time and for freezes that come later and later. */
export async function freezePost(deps: FreezeDeps, search: FreezeSearch): Promise<FreezeOutcome> {
  const linked = await findLinkedPost(deps, search.postId);
  if (linked.kind !== 'found') return linked;
  const { rootPostId } = linked.cascade.root;
  if (rootPostId !== search.rootPostId) return { kind: 'elsewhere', rootPostId };
  const startMs = await startOf(deps, linked);
  const atMs = search.atMs ?? startMs;
  const curveMs = delays.map((seconds) => startMs + seconds * 1000);
  const asked = await preventAt(deps, linked, { mode: search.mode, timesMs: Float64Array.of(atMs, ...curveMs) });
  if (asked === 'written anew') return freezePost(deps, search);
  const [first = nothing, ...later] = asked.points;
  const body = {
    rootPostId,
    postId: search.postId,
    mode: search.mode,
    at: timeOf(atMs),
    ...describe(first),
    curve: untilNothing(later).map((point, index) => ({
      delaySeconds: delays[index] ?? 0,
      at: timeOf(curveMs[index] ?? 0),
      ...describe(point),
    })),
    exposures: asked.exposures,
    asOf: timeOf(linked.cascade.asOfMs),
  };
  return { kind: 'found', body };
}

const nothing: Prevented = { upper: 0, lower: 0, lowest: 0, viewers: null };

/** A root that is known only from its shares began with the first of them. */
async function startOf(deps: FreezeDeps, { post, cascade }: LinkedPost): Promise<number> {
  if (post.createdAt !== null) return post.createdAt;
  const { answer } = await askCascade(deps, cascade, 'shape', { atMs: null });
  return answer?.shape.shareTimes?.firstMs ?? 0;
}

type Freezes = { mode: FreezeMode; timesMs: Float64Array };
type Asked = { points: Prevented[]; exposures: FreezeBody['exposures'] };

async function preventAt(
  deps: FreezeDeps,
  { cascade, place }: LinkedPost,
  freezes: Freezes,
): Promise<Asked | 'written anew'> {
  const { extent } = cascade;
  // Lineage has not reached the post yet: nothing below it is known.
  if (extent === null || place === null) return { points: [nothing], exposures: { posts: 0, views: 0 } };
  const views = await loadViews(deps, extent, deps.maxViews);
  const { answer, generation, posts } = await askCascade(deps, cascade, 'preventShares', {
    ...freezes,
    seq: place.seq,
    views,
  });
  if (generation !== place.generation || generation !== extent.generation) return 'written anew';
  return { points: answer, exposures: { posts, views: views?.count ?? null } };
}

function untilNothing(points: readonly Prevented[]): Prevented[] {
  const end = points.findIndex(({ upper }) => upper === 0);
  return end < 0 ? [...points] : points.slice(0, end + 1);
}

function describe({ upper, lower, lowest, viewers }: Prevented) {
  return { prevented: { lower, upper, lowest }, viewers };
}

import type { CascadeSummary, ComparisonBody } from '../answers.ts';
import { askCascade } from '../ask-cascade.ts';
import type { FoundCascade, NoCascade } from '../find-root.ts';
import { type SummaryDeps, summarizeCascade } from '../summary/summarize-cascade.ts';
import type { Growth } from '../times/growth.ts';
import { findSharedAccounts, type Side } from './find-shared-accounts.ts';

export type ComparisonOutcome =
  | { kind: 'found'; comparison: ComparisonBody }
  | { kind: 'missing'; asked: string; reason: NoCascade };

type Pair<T> = [T, T];
type Half = { found: FoundCascade; summary: CascadeSummary; startMs: number; spanMs: number };

/** The first tenth of the shares counts as early. */
const earlyPart = 0.1;
const growthSteps = 50;

/** Two cascades side by side: how each grew from its own start, and who posted in both. */
export async function compareCascades(
  deps: SummaryDeps,
  rootPostIds: Pair<string>,
  limit: number,
): Promise<ComparisonOutcome> {
  const [left, right] = await Promise.all([readHalf(deps, rootPostIds[0]), readHalf(deps, rootPostIds[1])]);
  if (left.kind === 'missing') return left;
  if (right.kind === 'missing') return right;
  const spanMs = Math.max(left.half.spanMs, right.half.spanMs);
  const steps = Array.from({ length: growthSteps + 1 }, (_, step) => Math.round((spanMs * step) / growthSteps));
  const halves: Pair<Half> = [left.half, right.half];
  const [first, second] = await Promise.all([grow(deps, halves[0], steps), grow(deps, halves[1], steps)]);
  const comparison = {
    left: halves[0].summary,
    right: halves[1].summary,
    sharedAccounts: await findSharedAccounts(deps, [first.side, second.side], limit),
    overlays: {
      growth: steps.map((afterMs, step) => ({
        afterMs,
        left: first.growth.shares[step] ?? 0,
        right: second.growth.shares[step] ?? 0,
      })),
      depth: overlayDepths(halves[0].summary, halves[1].summary),
    },
  };
  return { kind: 'found', comparison };
}

type HalfOutcome = { kind: 'read'; half: Half } | { kind: 'missing'; asked: string; reason: NoCascade };

async function readHalf(deps: SummaryDeps, rootPostId: string): Promise<HalfOutcome> {
  const outcome = await summarizeCascade(deps, rootPostId, null);
  if (outcome.kind !== 'found') return { kind: 'missing', asked: rootPostId, reason: outcome };
  const { summary, cascade: found } = outcome;
  // A root that is known only from its shares began with the first of them.
  const startMs = Date.parse(summary.createdAt ?? summary.firstShareAt ?? summary.asOf);
  const spanMs = Math.max(0, Date.parse(summary.lastShareAt ?? summary.createdAt ?? summary.asOf) - startMs);
  return { kind: 'read', half: { found, summary, startMs, spanMs } };
}

async function grow(
  deps: SummaryDeps,
  { found, startMs }: Half,
  steps: readonly number[],
): Promise<{ growth: Growth; side: Side }> {
  const timesMs = Float64Array.from(steps, (afterMs) => startMs + afterMs);
  const { answer: growth, rootId, generation, posts } = await askCascade(deps, found, 'growth', { timesMs, earlyPart });
  return { growth, side: { rootId, generation, posts, startMs, earlyUntilMs: growth.earlyUntilMs ?? startMs } };
}

function overlayDepths(left: CascadeSummary, right: CascadeSummary): ComparisonBody['overlays']['depth'] {
  const levels = Math.max(left.depthHistogram.length, right.depthHistogram.length);
  return Array.from({ length: levels }, (_, depth) => ({
    depth,
    left: left.depthHistogram[depth] ?? 0,
    right: right.depthHistogram[depth] ?? 0,
  }));
}

import { timeOf } from '../../query/times.ts';
import type { TimeLineItem } from '../answers.ts';
import { askCascade } from '../ask-cascade.ts';
import { findRoot, type NoCascade, type RootDeps } from '../find-root.ts';
import type { TimeLineQuestion } from '../times/time-line.ts';

export type TimeLineOutcome =
  | { kind: 'found'; items: TimeLineItem[]; total: number; stepSeconds: number; asOf: string }
  | NoCascade;

/** The shares of a cascade in equal steps of time. */
export async function readTimeLine(
  deps: RootDeps,
  rootPostId: string,
  question: TimeLineQuestion,
): Promise<TimeLineOutcome> {
  const found = await findRoot(deps, rootPostId);
  if (found.kind !== 'found') return found;
  const { answer: line } = await askCascade(deps, found, 'timeLine', question);
  const items = Array.from(line.atMs, (atMs, step) => ({
    at: timeOf(atMs),
    shares: line.shares[step] ?? 0,
    cumulative: line.cumulative[step] ?? 0,
    maxDepth: line.maxDepth[step] ?? 0,
  }));
  return { kind: 'found', items, total: line.buckets, stepSeconds: line.stepMs / 1000, asOf: timeOf(found.asOfMs) };
}

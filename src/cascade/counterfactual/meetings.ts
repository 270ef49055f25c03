import type { Columns } from '../columns/columns.ts';
import { timeOrder } from '../columns/time-order.ts';
import { outside } from './branch-times.ts';
import { noAccount, type Views } from './views.ts';

type Circumstances = { branchMs: Float64Array; frozen: number; views: Views | null };

/**
 * For every post, the least branch time among all that its account had posted or seen of the cascade before it: up to
 * that moment a freeze leaves the account nothing to know the cascade from. In the order of time one number an account
 * is enough; what happened at the same moment was not before. Having seen the frozen post itself is no other way.
 */
export function earliestMeetings(columns: Columns, { branchMs, frozen, views }: Circumstances): Float64Array {
  const { count, timeMs, accountOrd } = columns;
  const metMs = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const leastOf = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const note = (account: number, seq: number) => {
    leastOf[account] = Math.min(leastOf[account] ?? outside, branchMs[seq] ?? outside);
  };
  const order = timeOrder(columns);
  const noteViewsBefore = followViews(views, frozen, note);
  for (let start = 0; start < count; ) {
    const at = timeMs[order[start] ?? 0] ?? 0;
    let end = start;
    while (end < count && timeMs[order[end] ?? 0] === at) end += 1;
    noteViewsBefore(at);
    const together = order.subarray(start, end);
    for (const seq of together) metMs[seq] = leastOf[accountOrd[seq] ?? 0] ?? outside;
    for (const seq of together) note(accountOrd[seq] ?? 0, seq);
    start = end;
  }
  return metMs;
}

type Note = (account: number, seq: number) => void;

/** Notes the views in the order of their times, each time those before a moment that have not been noted yet. */
function followViews(views: Views | null, frozen: number, note: Note): (beforeMs: number) => void {
  if (views === null) return () => undefined;
  const { account, seq, timeMs } = views;
  const order = timeOrder(views);
  let next = 0;
  return (beforeMs) => {
    for (; next < order.length && (timeMs[order[next] ?? 0] ?? 0) < beforeMs; next += 1) {
      const row = order[next] ?? 0;
      const viewer = account[row] ?? noAccount;
      if (viewer !== noAccount && seq[row] !== frozen) note(viewer, seq[row] ?? 0);
    }
  };
}

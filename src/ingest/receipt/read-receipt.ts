import type { Progress } from '../../log/projector/progress.ts';
import { type EndedItem, endedItems, highestLinkSeq, type OutcomeDeps, type Outcomes } from './outcomes.ts';
import { parseReceipt, type Receipt } from './receipt.ts';

export type ReceiptState = {
  state: 'queued' | 'projected' | 'settled';
  graph: number;
  facts: number;
  items?: EndedItem[];
};

export type ReceiptDeps = OutcomeDeps & { lastSeq: () => Promise<number> };

/** Null for a receipt that was never handed out. */
export async function readReceipt(deps: ReceiptDeps, text: string): Promise<ReceiptState | null> {
  const receipt = parseReceipt(text);
  if (receipt === null) return null;
  if (lastSeqOf(receipt) > 0 && lastSeqOf(receipt) > (await deps.lastSeq())) return null;
  return readState(deps, receipt);
}

export async function readState(deps: OutcomeDeps, receipt: Receipt): Promise<ReceiptState> {
  // Progress is read first: outcomes read after it are at least as new as what it says.
  const progress = await deps.progress();
  if (receipt.count === 0) return readRepeats(deps, progress, receipt);
  const outcomes = await deps.findOutcomes(receipt);
  const counts = { graph: outcomes.graph.posts.length, facts: outcomes.facts.held };
  if (!isThrough(progress, receipt, outcomes)) return { state: 'queued', ...counts };
  const items = endedItems(outcomes);
  return items.length === 0 ? { state: 'projected', ...counts } : { state: 'settled', ...counts, items };
}

function isThrough(progress: Progress, receipt: Receipt, outcomes: Outcomes): boolean {
  return hasPassed(progress, receipt) && progress.lineageLinkSeq >= highestLinkSeq(outcomes);
}

/** Nothing of this request is held anywhere; what it repeats has to be in both stores before it may be called projected. */
async function readRepeats(deps: OutcomeDeps, progress: Progress, receipt: Receipt): Promise<ReceiptState> {
  const nothing = { graph: 0, facts: 0 };
  if (receipt.firstSeq === 0) return { state: 'projected', ...nothing };
  if (!hasPassed(progress, receipt)) return { state: 'queued', ...nothing };
  const originals = await deps.findOutcomes({ firstSeq: receipt.firstSeq, count: 1 });
  return { state: isThrough(progress, receipt, originals) ? 'projected' : 'queued', ...nothing };
}

/** A position always stands at the end of an entry, so it has passed a number when it has passed its entry. */
export function hasPassed({ graphSeq, factsSeq }: Progress, receipt: Receipt): boolean {
  const seq = lastSeqOf(receipt);
  return graphSeq >= seq && factsSeq >= seq;
}

function lastSeqOf({ firstSeq, count }: Receipt): number {
  return count === 0 ? firstSeq : firstSeq + count - 1;
}

import { compareEntryIds } from '../../log/entry-id.ts';
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
  if (receipt.count === 0) return { state: 'projected', graph: 0, facts: 0 };
  if (receipt.firstSeq + receipt.count - 1 > (await deps.lastSeq())) return null;
  return readState(deps, receipt);
}

export async function readState(deps: OutcomeDeps, receipt: Receipt): Promise<ReceiptState> {
  // Progress is read first: outcomes read after it are at least as new as what it says.
  const progress = await deps.progress();
  const outcomes = await deps.findOutcomes(receipt);
  const counts = { graph: outcomes.graph.posts.length, facts: outcomes.facts.held };
  if (!isThrough(progress, receipt, outcomes)) return { state: 'queued', ...counts };
  const items = endedItems(outcomes);
  return items.length === 0 ? { state: 'projected', ...counts } : { state: 'settled', ...counts, items };
}

function isThrough(progress: Progress, receipt: Receipt, outcomes: Outcomes): boolean {
  return hasPassed(progress, receipt) && progress.lineageLinkSeq >= highestLinkSeq(outcomes);
}

export function hasPassed({ graphPosition, factsPosition }: Progress, receipt: Receipt): boolean {
  const entryId = `${receipt.firstSeq}-${receipt.acceptedAtMs}`;
  return compareEntryIds(graphPosition, entryId) >= 0 && compareEntryIds(factsPosition, entryId) >= 0;
}

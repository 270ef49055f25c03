import { acceptedAtMsOf } from '../../log/entry-id.ts';
import type { Progress } from '../../log/projector/progress.ts';
import type { EndedItem, OutcomeDeps, Outcomes } from './outcomes.ts';
import { endedItems } from './outcomes.ts';

export type EventStatus = 'queued' | 'stored' | 'pending' | 'quarantined' | 'deadLettered';

/** A hint that turned out wrong: it changes nothing, but its sender may want to know. */
export type EventWarning = { code: 'root_differs'; detail: string };

export type EventReceipt = {
  eventId: string;
  status: EventStatus;
  acceptedAt: string | null;
  graph: number;
  facts: number;
  reason: string | null;
  warnings: EventWarning[];
};

export type EventDeps = OutcomeDeps & {
  /** The accept number, while the door remembers the id. */
  findSeqOfId: (eventId: string) => Promise<number | null>;
  readEntryOfSeq: (seq: number) => Promise<{ id: string } | null>;
  findFact: (eventId: string) => Promise<{ seq: number; acceptedAtMs: number } | null>;
};

/** What became of one accepted event; null for an id that was never accepted. */
export async function readEvent(deps: EventDeps, eventId: string): Promise<EventReceipt | null> {
  const remembered = await deps.findSeqOfId(eventId);
  const fact = await deps.findFact(eventId);
  // The first accepted event of an id is the one that counts, so the facts' number goes before a later repeat's.
  const seq = fact?.seq ?? remembered;
  if (seq === null) return null;
  const progress = await deps.progress();
  const outcomes = await deps.findOutcomes({ firstSeq: seq, count: 1 });
  const ended = endedItems(outcomes)[0];
  const acceptedAtMs = fact?.acceptedAtMs ?? (await acceptedAtFromLog(deps, seq));
  return {
    eventId,
    status: statusOf(seq, progress, outcomes),
    acceptedAt: acceptedAtMs === null ? null : new Date(acceptedAtMs).toISOString(),
    graph: outcomes.graph.posts.length,
    facts: outcomes.facts.held,
    reason: reasonOf(ended, outcomes),
    warnings: warningsOf(outcomes),
  };
}

async function acceptedAtFromLog({ readEntryOfSeq }: EventDeps, seq: number): Promise<number | null> {
  const entry = await readEntryOfSeq(seq);
  return entry === null ? null : acceptedAtMsOf(entry.id);
}

function statusOf(seq: number, progress: Progress, { graph, facts }: Outcomes): EventStatus {
  if (facts.outcomes.some(({ status }) => status === 'deadLettered')) return 'deadLettered';
  if (progress.graphSeq < seq || progress.factsSeq < seq) return 'queued';
  const state = graph.posts[0]?.state ?? 'linked';
  return state === 'linked' ? 'stored' : state;
}

function warningsOf({ graph }: Outcomes): EventWarning[] {
  return graph.posts.flatMap(({ rootId, rootHint }) => {
    if (rootId === null || rootHint === null || rootId === rootHint) return [];
    return [{ code: 'root_differs' as const, detail: `rootPostId was ${rootHint}, the root is ${rootId}` }];
  });
}

function reasonOf(ended: EndedItem | undefined, { graph }: Outcomes): string | null {
  if (ended !== undefined) return ended.code;
  return graph.posts[0]?.state === 'pending' ? 'parent_unknown' : null;
}

import { z } from 'zod';
import { accountKey } from '../../event/canonical-event.ts';
import { defaultNetwork } from '../../event/envelope.ts';
import type { Progress } from '../../log/projector/progress.ts';
import { type EventTrail, type Letter, type NamedEvent, trailOf } from './event-trail.ts';
import type { EndedItem, OutcomeDeps, Outcomes, PostOutcome } from './outcomes.ts';
import { endedItems } from './outcomes.ts';

export type EventStatus = 'queued' | 'stored' | 'pending' | 'quarantined' | 'deadLettered';

/** A hint that turned out wrong: it changes nothing, but its sender may want to know. */
export type EventWarning = { code: 'root_differs' | 'author_differs'; detail: string };

export type EventReceipt = {
  eventId: string;
  status: EventStatus;
  acceptedAt: string | null;
  graph: number;
  facts: number;
  reason: string | null;
  warnings: EventWarning[];
  trail: EventTrail;
};

type HeldEntry = { id: string; firstSeq: number; acceptedAtMs: number; items: ReadonlyArray<{ bytes: Buffer }> };

export type EventDeps = OutcomeDeps & {
  /** The accept number, while the door remembers the id. */
  findSeqOfId: (eventId: string) => Promise<number | null>;
  readEntryOfSeq: (seq: number) => Promise<HeldEntry | null>;
  findFact: (eventId: string) => Promise<{ seq: number; acceptedAtMs: number } | null>;
  findEvent: (event: { eventId: string; seq: number }) => Promise<NamedEvent | null>;
  findLetters: (seq: number) => Promise<Array<Letter & { acceptedAtMs: number; raw: string }>>;
  /** The place of a linked post in its cascade, null before lineage has it. */
  findPlace: (post: { postId: string; rootId: string }) => Promise<number | null>;
};

/** What became of one accepted event; null for an id that was never accepted. */
export async function readEvent(deps: EventDeps, eventId: string): Promise<EventReceipt | null> {
  const remembered = await deps.findSeqOfId(eventId);
  const fact = await deps.findFact(eventId);
  // The first accepted event of an id is the one that counts, so the facts' number goes before a later repeat's.
  const seq = fact?.seq ?? remembered;
  if (seq === null) return null;
  const progress = await deps.progress();
  const [outcomes, entry, letters] = await Promise.all([
    deps.findOutcomes({ firstSeq: seq, count: 1 }),
    deps.readEntryOfSeq(seq),
    deps.findLetters(seq),
  ]);
  const bytes = entry?.items[seq - entry.firstSeq]?.bytes ?? letters[0]?.raw;
  const event = bytes === undefined ? await deps.findEvent({ eventId, seq }) : parseEvent(bytes);
  const place = await findPlace(deps, outcomes.graph.posts[0]);
  const acceptedAtMs = fact?.acceptedAtMs ?? entry?.acceptedAtMs ?? letters[0]?.acceptedAtMs ?? null;
  return {
    eventId,
    status: statusOf(seq, progress, outcomes),
    acceptedAt: acceptedAtMs === null ? null : new Date(acceptedAtMs).toISOString(),
    graph: outcomes.graph.posts.length,
    facts: outcomes.facts.held,
    reason: reasonOf(endedItems(outcomes)[0], outcomes),
    warnings: outcomes.graph.posts.flatMap((post) => warningsOf(post, event)),
    trail: trailOf({ seq, entryId: entry?.id ?? null, event, progress, outcomes, letters, place }),
  };
}

const named = z.object({
  eventName: z.string(),
  metadata: z.object({ network: z.string().optional() }).optional(),
  data: z.object({ postAuthor: z.string().optional() }).optional(),
});

/** Null for a dead letter whose bytes are no event at all. */
function parseEvent(bytes: Buffer | string): NamedEvent | null {
  try {
    const { eventName, metadata, data } = named.parse(JSON.parse(bytes.toString()));
    return { eventName, network: metadata?.network ?? defaultNetwork, postAuthor: data?.postAuthor ?? null };
  } catch {
    return null;
  }
}

async function findPlace(deps: EventDeps, post: PostOutcome | undefined): Promise<number | null> {
  if (post?.state !== 'linked' || post.rootId === null) return null;
  return deps.findPlace({ postId: post.postId, rootId: post.rootId });
}

function statusOf(seq: number, progress: Progress, { graph, facts }: Outcomes): EventStatus {
  const refused = [...facts.outcomes, ...graph.refusals];
  if (refused.some(({ status }) => status === 'deadLettered')) return 'deadLettered';
  if (progress.graphSeq < seq || progress.factsSeq < seq) return 'queued';
  const state = graph.posts[0]?.state ?? 'linked';
  return state === 'linked' ? 'stored' : state;
}

function warningsOf({ rootId, rootHint, parentAuthorId }: PostOutcome, event: NamedEvent | null): EventWarning[] {
  const warnings: EventWarning[] = [];
  if (rootId !== null && rootHint !== null && rootId !== rootHint) {
    warnings.push({ code: 'root_differs', detail: `rootPostId was ${rootHint}, the root is ${rootId}` });
  }
  const hint = event?.postAuthor ?? null;
  if (event !== null && hint !== null && parentAuthorId !== null && !isAuthor(parentAuthorId, hint, event.network)) {
    warnings.push({ code: 'author_differs', detail: `postAuthor was ${hint}, the author is ${parentAuthorId}` });
  }
  return warnings;
}

/** A sender may name the author as in its own network or by the whole account. */
function isAuthor(accountId: string, hint: string, network: string): boolean {
  return accountId === hint || accountId === accountKey(network, hint);
}

function reasonOf(ended: EndedItem | undefined, { graph }: Outcomes): string | null {
  if (ended !== undefined) return ended.code;
  return graph.posts[0]?.state === 'pending' ? 'parent_unknown' : null;
}

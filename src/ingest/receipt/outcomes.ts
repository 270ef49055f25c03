import type { Progress } from '../../log/projector/progress.ts';

export type PostOutcome = {
  seq: number;
  postId: string;
  eventId: string;
  state: 'linked' | 'pending' | 'quarantined';
  linkSeq: number | null;
  /** Where it stands, and where its sender thought it would. */
  rootId: string | null;
  rootHint: string | null;
  depth: number | null;
  /** Who wrote the post it was shared from, as far as that is known. */
  parentAuthorId: string | null;
};

export type FactOutcome = {
  seq: number;
  eventId: string;
  status: 'lateDuplicate' | 'lateConflict' | 'deadLettered';
  code: string;
};

export type GraphRefusal = { seq: number; eventId: string; code: string; status: 'lateConflict' | 'deadLettered' };

/** What became of a run of accept numbers in both stores. */
export type Outcomes = {
  graph: { posts: PostOutcome[]; refusals: GraphRefusal[] };
  facts: { held: number; outcomes: FactOutcome[] };
};

/** What reading a receipt needs from the stores; the composition hands it over. */
export type OutcomeDeps = {
  progress: () => Promise<Progress>;
  findOutcomes: (range: { firstSeq: number; count: number }) => Promise<Outcomes>;
};

export type EndedItem = {
  eventId: string | null;
  postId?: string;
  status: 'deadLettered' | 'quarantined' | 'lateDuplicate' | 'lateConflict';
  code: string;
};

/**
 * Everything that ended otherwise than stored, once for each accept number, the graph's word before the facts'. What waits
 * as a dead letter of either store may still be stored, so that goes before all else.
 */
export function endedItems({ graph, facts }: Outcomes): EndedItem[] {
  const bySeq = new Map<number, EndedItem>();
  for (const { seq, eventId, status, code } of facts.outcomes) bySeq.set(seq, { eventId, status, code });
  for (const { seq, eventId, status, code } of graph.refusals) bySeq.set(seq, { eventId, status, code });
  for (const { seq, eventId, postId, state } of graph.posts) {
    if (state === 'quarantined') bySeq.set(seq, { eventId, postId, status: 'quarantined', code: 'ring_of_shares' });
  }
  for (const { seq, eventId, status, code } of facts.outcomes)
    if (status === 'deadLettered') bySeq.set(seq, { eventId, status, code });
  return [...bySeq.entries()].sort(([left], [right]) => left - right).map(([, item]) => item);
}

export function highestLinkSeq({ graph }: Outcomes): number {
  return graph.posts.reduce((highest, { linkSeq }) => Math.max(highest, linkSeq ?? 0), 0);
}

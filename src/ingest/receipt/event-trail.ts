import { entryOf } from '../../event/envelope.ts';
import { isEventName } from '../../event/vocabulary.ts';
import type { Progress } from '../../log/projector/progress.ts';
import type { Outcomes, PostOutcome } from './outcomes.ts';

/** What an event was about, from wherever its bytes still are. */
export type NamedEvent = { eventName: string; network: string; postAuthor: string | null };

export type Letter = {
  id: string;
  stage: 'graph' | 'facts';
  state: 'waiting' | 'replayed';
  code: string;
  reason: string | null;
  diedAtMs: number | null;
};

export type GraphState =
  | 'queued'
  | 'notForThisStore'
  | 'stored'
  | PostOutcome['state']
  | 'lateDuplicate'
  | 'lateConflict'
  | 'deadLettered';

/** One event followed from the log into each store. `reached`: the store has come to it, whatever it made of it. */
export type EventTrail = {
  log: { acceptSeq: number; entryId: string | null; held: boolean };
  graph: {
    state: GraphState;
    reached: boolean;
    postId: string | null;
    rootPostId: string | null;
    depth: number | null;
  };
  /** `needed` where the event makes a post that is linked by now; `seq` is its place in the cascade, the root's is 0. */
  lineage: { needed: boolean; reached: boolean; seq: number | null };
  facts: { stored: boolean; reached: boolean };
  deadLetters: Letter[];
};

export type TrailParts = {
  seq: number;
  entryId: string | null;
  event: NamedEvent | null;
  progress: Progress;
  outcomes: Outcomes;
  letters: readonly Letter[];
  place: number | null;
};

export function trailOf(parts: TrailParts): EventTrail {
  const { seq, entryId, progress, outcomes, letters, place } = parts;
  const post = outcomes.graph.posts[0];
  const isLinked = post?.state === 'linked';
  return {
    log: { acceptSeq: seq, entryId, held: entryId !== null },
    graph: {
      state: graphState(parts, letters),
      reached: progress.graphSeq >= seq,
      postId: post?.postId ?? null,
      rootPostId: post?.rootId ?? null,
      depth: post?.depth ?? null,
    },
    lineage: {
      needed: isLinked,
      reached: isLinked && progress.lineageLinkSeq >= (post.linkSeq ?? 0),
      seq: place,
    },
    facts: { stored: outcomes.facts.held > 0, reached: progress.factsSeq >= seq },
    deadLetters: withUntold([...letters], parts),
  };
}

function graphState({ seq, event, progress, outcomes }: TrailParts, letters: readonly Letter[]): GraphState {
  const { posts, refusals } = outcomes.graph;
  if (refusals[0] !== undefined) return refusals[0].status;
  if (letters.some(({ stage, state }) => stage === 'graph' && state === 'waiting')) return 'deadLettered';
  if (posts[0] !== undefined) return posts[0].state;
  if (event !== null && !concernsGraph(event.eventName)) return 'notForThisStore';
  const late = outcomes.facts.outcomes.find(({ status }) => status !== 'deadLettered');
  if (late !== undefined) return late.status;
  return progress.graphSeq < seq ? 'queued' : 'stored';
}

function concernsGraph(eventName: string): boolean {
  return isEventName(eventName) && entryOf(eventName).graph !== 'none';
}

/** What the graph could not take is known there a moment before its letter is written. */
function withUntold(letters: Letter[], { seq, outcomes }: TrailParts): Letter[] {
  const untold = outcomes.graph.refusals.find(({ status }) => status === 'deadLettered');
  if (untold === undefined || letters.some(({ stage }) => stage === 'graph')) return letters;
  const { code } = untold;
  return [...letters, { id: `graph-${seq}`, stage: 'graph', state: 'waiting', code, reason: null, diedAtMs: null }];
}

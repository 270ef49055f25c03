import type { Answered, Asked, Question } from './questions.ts';

export type LineageOf = { rootId: string; generation: number };

/** Where lineage stands for a cascade: which generation counts and how many posts it has. */
export type Extent = LineageOf & { posts: number };

/** One question about a cascade of at least so many posts. */
export type Ask<Q extends Question> = { kind: 'ask'; id: number; extent: Extent; question: Q; asked: Asked[Q] };

/** Rows of lineage that follow those a cascade has, as the engine's Native bytes; it will have so many `posts`. */
type Extend = { kind: 'extend'; id: number; of: LineageOf; from: number; posts: number; pieces: Uint8Array[] };

type Census = { kind: 'census'; id: number };

/** What the desk sends into its thread. */
export type ToThread = Ask<Question> | Extend | Census;

/** An answer with the generation and the number of posts that it speaks for. */
export type Reply<Q extends Question> = LineageOf & { posts: number; answer: Answered[Q] };

export type HeldNow = { cascades: number; bytes: number };

/** `never` where the kind of answer depends on the question: whoever asked knows, and is found by the id. */
export type FromThread =
  | { kind: 'answer'; id: number; reply: never }
  | { kind: 'missing'; id: number; from: number }
  | { kind: 'extended'; id: number; posts: number }
  | { kind: 'held'; id: number; held: HeldNow }
  | { kind: 'fault'; id: number; message: string };

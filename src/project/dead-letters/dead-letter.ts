import { z } from 'zod';

export const letterStage = z.enum(['graph', 'facts']);
export const letterState = z.enum(['waiting', 'replayed']);

export type LetterStage = z.output<typeof letterStage>;
export type LetterState = z.output<typeof letterState>;

/** An accepted event that one of the stores could not take, with everything needed to try it again. */
export type DeadLetter = {
  stage: LetterStage;
  seq: number;
  acceptedAtMs: number;
  /** Empty where its bytes could not even be read. */
  eventId: string;
  timestampMs: number;
  digest: number;
  code: string;
  reason: string;
  attempts: number;
  /** The bytes as they were received. */
  raw: string;
  state: LetterState;
  diedAtMs: number;
  changedAtMs: number;
};

/** The shape of a letter in the rows of a statement. */
export const letterRow = z.object({
  stage: letterStage,
  seq: z.number(),
  acceptedAtMs: z.number(),
  eventId: z.string(),
  timestampMs: z.number(),
  digest: z.number(),
  code: z.string(),
  reason: z.string(),
  attempts: z.number(),
  raw: z.string(),
  state: letterState,
  diedAtMs: z.number(),
  changedAtMs: z.number(),
});

export const unreadableCode = 'unreadable_event';
export const unreadableReason = 'its bytes are no event that this version can read';

const longestReason = 500;

/** Some stores repeat the whole row in what they say; the row is kept beside it anyway. */
export function shortReason(reason: string): string {
  return reason.length <= longestReason ? reason : `${reason.slice(0, longestReason - 1)}…`;
}

export function letterId({ stage, seq }: Pick<DeadLetter, 'stage' | 'seq'>): string {
  return `${stage}-${seq}`;
}

const idPattern = /^(graph|facts)-([1-9]\d{0,15})$/;

/** Null for what cannot be the id of a letter. */
export function parseLetterId(id: string): { stage: LetterStage; seq: number } | null {
  const [, stage, seq] = idPattern.exec(id) ?? [];
  const known = letterStage.safeParse(stage);
  return known.success && Number.isSafeInteger(Number(seq)) ? { stage: known.data, seq: Number(seq) } : null;
}

/** Told when events of one batch have gone to the dead letters. */
export type OnLetters = (letters: number) => void;

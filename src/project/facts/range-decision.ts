import { z } from 'zod';
import type { Claim } from '../claim.ts';
import type { LateStatus } from './find-late-repeats.ts';

const lateItems = z.array(z.tuple([z.number(), z.enum(['lateDuplicate', 'lateConflict'])]));

const refusedRow = z.object({
  seq: z.number(),
  code: z.string(),
  reason: z.string(),
  attempts: z.number(),
  diedAtMs: z.number(),
});

const kept = z.object({
  late: lateItems,
  splits: z.array(z.tuple([z.number(), z.number()])),
  refused: z.array(refusedRow),
});

/** A row that the store refuses, alone as with others. */
export type RefusedRow = z.output<typeof refusedRow>;

/** The rows `from` (included) to `to` (not included) of a range. */
export type Segment = { from: number; to: number };

/**
 * What was decided about a prepared range, kept with it: whoever takes the range over repeats exactly the same inserts.
 * `late`: repeats, by accept number. `splits`: segments that were refused as a whole. `refused`: rows that go to the dead letters.
 */
export type RangeDecision = {
  late: ReadonlyMap<number, LateStatus>;
  splits: Segment[];
  refused: Map<number, RefusedRow>;
};

/** Null where nothing was decided yet. A decision that was kept stands: looked at again, rows would seem to repeat themselves. */
export function readDecision(claim: Claim): RangeDecision | null {
  if (claim.prepared === null) return null;
  const { extra } = claim.prepared;
  // A range that an earlier version prepared has its late items alone.
  if (extra === null || Array.isArray(extra)) return newDecision(new Map(lateItems.parse(extra ?? [])));
  const { late, splits, refused } = kept.parse(extra);
  return {
    late: new Map(late),
    splits: splits.map(([from, to]) => ({ from, to })),
    refused: new Map(refused.map((row) => [row.seq, row])),
  };
}

export function newDecision(late: ReadonlyMap<number, LateStatus>): RangeDecision {
  return { late, splits: [], refused: new Map() };
}

export type Bounds = { first: string; last: string };

/** Keeps the decision under the lease, before anything is done that follows from it. */
export async function keepDecision(claim: Claim, { first, last }: Bounds, decision: RangeDecision): Promise<void> {
  const extra: z.input<typeof kept> = {
    late: [...decision.late],
    splits: decision.splits.map(({ from, to }): [number, number] => [from, to]),
    refused: [...decision.refused.values()],
  };
  await claim.prepare({ first, last, extra });
}

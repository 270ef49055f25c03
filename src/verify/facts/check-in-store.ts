import { z } from 'zod';
import { type Check, openTally } from '../check.ts';

/** What a statement that checks inside ClickHouse answers: one row, with examples as [subject, expected, found]. */
export const checkedRow = z.object({
  looked: z.number(),
  differing: z.number(),
  examples: z.array(z.tuple([z.string(), z.string(), z.string()])),
});

type Checked = z.output<typeof checkedRow>;
type Named = { name: string; invariant: string };

/** One check made of several questions, each about a part of the rows, so that no question needs much memory. */
export async function checkInParts<P>(
  { name, invariant }: Named,
  maxExamples: number,
  parts: Iterable<P>,
  ask: (part: P) => Promise<Checked[]>,
): Promise<Check> {
  const tally = openTally(name, invariant, maxExamples);
  for (const part of parts) {
    for (const { looked, differing, examples } of await ask(part)) {
      tally.look(looked);
      examples.forEach(([subject, expected, found], place) => {
        // The last example stands for those that were not listed too.
        const number = place === examples.length - 1 ? differing - place : 1;
        tally.differ({ subject, expected, found }, number);
      });
    }
  }
  return tally.finish();
}

/** Accept numbers in stretches of one size. */
export function* stretches(
  firstSeq: number,
  lastSeq: number,
  size: number,
): Generator<{ firstSeq: number; lastSeq: number }> {
  for (let from = firstSeq; from <= lastSeq; from += size) {
    yield { firstSeq: from, lastSeq: Math.min(lastSeq, from + size - 1) };
  }
}

/** Ids cut by their hash into parts of about one size. */
export function* hashParts(rows: number, size: number): Generator<{ parts: number; part: number }> {
  const parts = Math.max(1, Math.ceil(rows / size));
  for (let part = 0; part < parts; part += 1) yield { parts, part };
}

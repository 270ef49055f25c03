/** One thing that was not as it should be. */
export type Example = { subject: string; expected: string; found: string };

/** One question to the books: what holds, how much was looked at, and where it does not hold. */
export type Check = {
  name: string;
  /** The invariants it stands for, by the names of docs/guarantees.md's fault tests. */
  invariant: string;
  ok: boolean;
  looked: number;
  /** How many things should hold, and how many do. */
  expected: number;
  found: number;
  differing: number;
  examples: Example[];
};

export type Tally = {
  look(number?: number): void;
  /** Notes one difference, or one example of several. */
  differ(example: Example, number?: number): void;
  finish(): Check;
};

/** Counts one check while it runs; only the first few differences are kept. */
export function openTally(name: string, invariant: string, maxExamples: number): Tally {
  let looked = 0;
  let differing = 0;
  const examples: Example[] = [];
  return {
    look: (number = 1) => {
      looked += number;
    },
    differ: (example, number = 1) => {
      differing += number;
      if (examples.length < maxExamples) examples.push(example);
    },
    finish: () => ({
      name,
      invariant,
      ok: differing === 0,
      looked,
      expected: looked,
      found: Math.max(0, looked - differing),
      differing,
      examples,
    }),
  };
}

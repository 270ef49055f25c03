import { type Check, type Example, openTally } from '../check.ts';

/** The checks that are made of posts, with the invariants they stand for. */
const names = {
  'every event that makes a post is one node': 'I2',
  'nothing is in the graph that no event made': 'I3',
  'a post has at most one edge to a parent': 'I2',
  'every edge goes where its event says': 'I2',
  'edges carry the weight of their event': 'I2',
  'states follow from the events': 'I2',
  'root and depth follow from the parents': 'I8',
  'edges close no ring': 'I8',
  'every post has its author': 'I2',
  'what the graph refused, and no more, is a refusal': 'I2, I12',
  'digests of every cascade are equal in both stores': 'I7',
  'lineage has one row a linked post': 'I2, I9',
  'lineage gives every post its place': 'I8',
  'lineage gives every account its place': 'I9',
} as const;

export type PostCheck = keyof typeof names;

const all = Object.entries(names);

/** What one look at all posts found, before it is known what of it was only movement. */
export class Look {
  readonly #looked = new Map<string, number>();
  readonly #suspects = new Map<string, Map<string, Example>>();
  readonly #maxSuspects: number;
  #count = 0;

  constructor(maxSuspects: number) {
    this.#maxSuspects = maxSuspects;
  }

  look(check: PostCheck, number = 1): void {
    this.#looked.set(check, (this.#looked.get(check) ?? 0) + number);
  }

  suspect(check: PostCheck, subject: string, expected: unknown, found: unknown): void {
    const suspects = this.#suspects.get(check) ?? new Map<string, Example>();
    this.#suspects.set(check, suspects);
    if (suspects.has(subject)) return;
    this.#count += 1;
    if (this.#count > this.#maxSuspects)
      throw new Error(`more than ${this.#maxSuspects} differences, the last at ${subject}`);
    suspects.set(subject, { subject, expected: String(expected), found: String(found) });
  }

  get suspicious(): boolean {
    for (const suspects of this.#suspects.values()) if (suspects.size > 0) return true;
    return false;
  }

  /** Forgets what has been explained. */
  excuse(isExplained: (subject: string, check: string) => boolean): void {
    for (const [check, suspects] of this.#suspects) {
      for (const subject of suspects.keys()) if (isExplained(subject, check)) suspects.delete(subject);
    }
  }

  /** Keeps only what an earlier look had found too: a difference that does not last was movement. */
  keepCommon(earlier: Look): void {
    this.excuse((subject, check) => earlier.#suspects.get(check)?.has(subject) !== true);
  }

  finish(maxExamples: number): Check[] {
    return all.map(([name, invariant]) => {
      const tally = openTally(name, invariant, maxExamples);
      tally.look(this.#looked.get(name) ?? 0);
      for (const example of this.#suspects.get(name)?.values() ?? []) tally.differ(example);
      return tally.finish();
    });
  }
}

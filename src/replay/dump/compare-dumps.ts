import { compareKeys, type DumpLine, type DumpSection } from './dump-line.ts';

/** One thing on which two dumps do not agree; null where a side does not have it at all. */
export type Difference = { section: string; key: string; live: string | null; fresh: string | null };

export type SectionComparison = {
  section: string;
  live: number;
  fresh: number;
  /** Things only the live store has, only the fresh one has, and both have but not alike. */
  onlyLive: number;
  onlyFresh: number;
  unlike: number;
};

export type DumpComparison = { equal: boolean; sections: SectionComparison[]; examples: Difference[] };

type Limits = {
  maxExamples: number;
  /** Pairs that are not compared at all. */
  leaveOut?: (pair: Pair) => boolean;
};

/** Walks two dumps side by side. All differences are counted, and a bounded number of them told in full. */
export async function compareDumps(
  live: readonly DumpSection[],
  fresh: readonly DumpSection[],
  limits: Limits,
): Promise<DumpComparison> {
  const comparison: DumpComparison = { equal: true, sections: [], examples: [] };
  for (const [index, section] of live.entries()) {
    const other = fresh[index];
    if (other?.name !== section.name) throw new Error(`there is no second dump of ${section.name}`);
    await compareSections(comparison, section, { other, ...limits });
  }
  return comparison;
}

async function compareSections(
  comparison: DumpComparison,
  section: DumpSection,
  { other, maxExamples, leaveOut = () => false }: Limits & { other: DumpSection },
): Promise<void> {
  const counts = { section: section.name, live: 0, fresh: 0, onlyLive: 0, onlyFresh: 0, unlike: 0 };
  for await (const { key, live, fresh } of walkTogether(section.lines(), other.lines())) {
    if (live !== null) counts.live += 1;
    if (fresh !== null) counts.fresh += 1;
    if (live === fresh || leaveOut({ key, live, fresh })) continue;
    if (fresh === null) counts.onlyLive += 1;
    else if (live === null) counts.onlyFresh += 1;
    else counts.unlike += 1;
    comparison.equal = false;
    if (comparison.examples.length < maxExamples) comparison.examples.push({ section: section.name, key, live, fresh });
  }
  comparison.sections.push(counts);
}

export type Pair = { key: string; live: string | null; fresh: string | null };

/** Every key of either side once, with what each side says of it. */
export async function* walkTogether(
  live: AsyncGenerator<DumpLine>,
  fresh: AsyncGenerator<DumpLine>,
): AsyncGenerator<Pair> {
  const [left, right] = [inOrder(live), inOrder(fresh)];
  let [one, other] = [await nextOf(left), await nextOf(right)];
  while (one !== null || other !== null) {
    const order = one === null ? 1 : other === null ? -1 : compareKeys(one.key, other.key);
    const key = (order <= 0 ? one : other)?.key ?? '';
    yield { key, live: order <= 0 ? (one?.text ?? null) : null, fresh: order >= 0 ? (other?.text ?? null) : null };
    if (order <= 0) one = await nextOf(left);
    if (order >= 0) other = await nextOf(right);
  }
}

async function nextOf(lines: AsyncGenerator<DumpLine>): Promise<DumpLine | null> {
  const next = await lines.next();
  return next.done === true ? null : next.value;
}

/** A store that sorts otherwise than by bytes would make equal dumps look unlike; that must not pass unnoticed. */
async function* inOrder(lines: AsyncGenerator<DumpLine>): AsyncGenerator<DumpLine> {
  let before: string | null = null;
  for await (const line of lines) {
    if (before !== null && compareKeys(before, line.key) >= 0) {
      throw new Error(`a dump is out of order: ${JSON.stringify(line.key)} came after ${JSON.stringify(before)}`);
    }
    before = line.key;
    yield line;
  }
}

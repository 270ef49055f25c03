import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement, withNames } from '../../query/statement.ts';

const part = {
  afterSeq: z.number(),
  toSeq: z.number(),
  atSeq: z.number(),
  about: z.enum(['counted', 'gone', 'come']),
  sign: z.number(),
  fromMs: z.number(),
  toMs: z.number(),
};

/** The constants of the score that are part of what is counted. */
const tallyRules = z.object({
  viewFromMs: z.number(),
  shareWeight: z.number(),
  saveWeight: z.number(),
  commentWeight: z.number(),
  likeWeight: z.number(),
  viewWeight: z.number(),
  bonusAbove: z.number(),
  bonusFactor: z.number(),
  halfLifeMs: z.number(),
});

export const addQuartersStatement = statement('clickhouse/project/tally/add-quarters.sql', {
  params: z.object({ ...part, parts: z.number(), part: z.number(), ...tallyRules.shape }),
  row: z.object({}),
});
export const addExcludedStatement = statement('clickhouse/project/tally/add-excluded.sql', {
  params: z.object(part),
  row: z.object({}),
});

export const addExclusionsStatement = statement('clickhouse/project/tally/add-exclusions.sql', {
  params: z.object({ afterSeq: z.number(), toSeq: z.number() }),
  row: z.object({}),
});

export type TallyRules = z.output<typeof tallyRules>;

/** Facts after one accept number up to another; whose they are is judged by what was known at `atSeq`. */
export type Part = { afterSeq: number; toSeq: number; atSeq: number; about: 'counted' | 'gone' | 'come' };

/** The table that is filled, and the name of this insert. */
export type Target = { table: string; token: string };

/** Of when the events are, and which share of the posts by their hash. */
export type Extent = { fromMs: number; toMs: number; parts: number; part: number };

// The vocabulary takes no event from before, and no table of quarters goes further than its 32 bits.
export const always: Extent = { fromMs: 0, toMs: Date.UTC(2100, 0, 1), parts: 1, part: 0 };

type Deps = { facts: Pick<Facts, 'fill'> };

/** Who came to be excluded, or no more: from the beginning on, who is. */
export async function addExclusions(
  { facts }: Deps,
  { afterSeq, toSeq }: Pick<Part, 'afterSeq' | 'toSeq'>,
  { table, token }: Target,
): Promise<void> {
  await facts.fill(withNames(addExclusionsStatement, { table }), { afterSeq, toSeq }, token);
}

export async function addQuarters(
  { facts, rules }: Deps & { rules: TallyRules },
  part: Part,
  { table, token }: Target,
  extent: Extent = always,
): Promise<void> {
  const sign = part.about === 'gone' ? -1 : 1;
  await facts.fill(withNames(addQuartersStatement, { table }), { ...part, sign, ...extent, ...rules }, token);
}

/** What goes from the counts comes to what is excluded, and the other way round. */
export async function addExcluded(
  { facts }: Deps,
  part: Part,
  { table, token }: Target,
  { fromMs, toMs }: Omit<Extent, 'parts' | 'part'> = always,
): Promise<void> {
  const sign = part.about === 'come' ? -1 : 1;
  await facts.fill(withNames(addExcludedStatement, { table }), { ...part, sign, fromMs, toMs }, token);
}

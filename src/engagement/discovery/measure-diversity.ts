import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import type { AskedRange } from '../asked/asked-range.ts';
import { countExcluded } from '../asked/count-excluded.ts';
import type { EngagementDeps } from '../engagement-deps.ts';

const count = z.number().int().nonnegative();
const measure = z.number().nonnegative();
const percentile = measure.nullable();

export const Percentiles = z
  .object({ p10: percentile, p25: percentile, p50: percentile, p75: percentile, p90: percentile })
  .meta({ id: 'DiversityPercentiles' });

const overall = {
  impressions: count,
  categories: count.meta({ description: 'Distinct categories; to have none is one of them.' }),
  authors: count,
  entropyBits: percentile.meta({ description: 'Shannon entropy of the categories of all impressions.' }),
  herfindahl: percentile.meta({ description: 'Sum of the squared shares of categories: 1 is one category only.' }),
  accounts: count.meta({ description: 'Accounts with at least `minImpressions`, over which the percentiles are.' }),
  accountsWithTooFew: count,
};

export const DiversityNumbers = z.object({
  ...overall,
  minImpressions: count,
  perAccount: z.object({
    entropyBits: Percentiles,
    concentration: Percentiles.meta({ description: 'The share of the largest category.' }),
    herfindahl: Percentiles,
    authors: Percentiles,
  }),
});

export const measureDiversityStatement = statement('clickhouse/engagement/discovery/measure-diversity.sql', {
  params: z.object({ fromMs: z.number().int(), toMs: z.number().int(), minImpressions: z.number().int().positive() }),
  row: z.object({
    ...overall,
    entropies: z.array(measure),
    concentrations: z.array(measure),
    herfindahls: z.array(measure),
    authorCounts: z.array(measure),
  }),
});

const eventNames = ['post_discovered', 'post_view'];

export async function measureDiversity(
  { facts, asOf }: Pick<EngagementDeps, 'facts' | 'asOf'>,
  { minImpressions, ...range }: AskedRange & { minImpressions: number },
) {
  // Read first, so that everything accepted by then is in.
  const upTo = await asOf();
  const [[row], excluded] = await Promise.all([
    facts.select(measureDiversityStatement, { ...range, minImpressions }),
    countExcluded({ facts }, { ...range, eventNames }),
  ]);
  if (row === undefined) throw new Error('one row is answered, whatever is in the range');
  const { entropies, concentrations, herfindahls, authorCounts, ...numbers } = row;
  return {
    head: { from: timeOf(range.fromMs), to: timeOf(range.toMs), asOf: upTo, exact: true as const, excluded },
    numbers: {
      ...numbers,
      minImpressions,
      perAccount: {
        entropyBits: percentilesOf(entropies),
        concentration: percentilesOf(concentrations),
        herfindahl: percentilesOf(herfindahls),
        authors: percentilesOf(authorCounts),
      },
    },
  };
}

function percentilesOf(values: readonly number[]): z.output<typeof Percentiles> {
  const [p10 = null, p25 = null, p50 = null, p75 = null, p90 = null] = values;
  return { p10, p25, p50, p75, p90 };
}

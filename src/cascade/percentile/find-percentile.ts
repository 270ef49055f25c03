import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import type { CascadePercentile } from '../answers.ts';
import { bandName, sizeBand } from './size-band.ts';

const number = z.number();

export const findPercentileStatement = statement('clickhouse/cascade/percentile/find-percentile.sql', {
  params: z.object({
    band: number,
    rootId: z.string(),
    depth: number,
    maxBreadth: number,
    structuralVirality: number.nullable(),
  }),
  row: z.object({
    measured: number,
    others: number,
    notDeeper: number,
    notBroader: number,
    notMoreViral: number,
    measuredAtMs: number,
  }),
});

/** The present values of a cascade, which the job may have measured with older ones or not at all yet. */
export type Compared = {
  rootId: string;
  size: number;
  depth: number;
  maxBreadth: number;
  structuralVirality: number | null;
};

type Deps = { facts: Pick<Facts, 'select'> };

/**
 * Where a cascade stands among the measured cascades of its size: the part of them, itself included, that does not exceed
 * it. It counts once and with its present values, whatever was measured of it; the others count as they were measured.
 */
export async function findPercentile({ facts }: Deps, { size, ...compared }: Compared): Promise<CascadePercentile> {
  const band = sizeBand(size);
  const [counted] = await facts.select(findPercentileStatement, { band, ...compared });
  if (counted === undefined) throw new Error('a band is always counted, whatever there is of it');
  const asOf = counted.measuredAtMs === 0 ? null : timeOf(counted.measuredAtMs);
  if (counted.measured === 0) return { band: bandName(band), ...nobody, asOf };
  const among = counted.others + 1;
  return {
    band: bandName(band),
    among,
    depth: (counted.notDeeper + 1) / among,
    maxBreadth: (counted.notBroader + 1) / among,
    structuralVirality: compared.structuralVirality === null ? null : (counted.notMoreViral + 1) / among,
    asOf,
  };
}

const nobody = { among: 0, depth: null, maxBreadth: null, structuralVirality: null };

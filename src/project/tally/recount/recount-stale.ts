import type { Facts } from '../../../facts/facts.ts';
import { type RecountDeps, type Recounted, type RecountLimits, recountTally } from './recount-tally.ts';
import { allMonths, listStaleMonthsStatement, settleStale } from './stale-months.ts';

type Deps = RecountDeps & { facts: Pick<Facts, 'run' | 'fill' | 'select' | 'insert'> };

/** Counts the months anew to which facts were added behind the tally. */
export async function recountStale(deps: Deps, limits: RecountLimits): Promise<Recounted[]> {
  const stale = await deps.facts.select(listStaleMonthsStatement, {});
  if (stale.length === 0) return [];
  const months = stale.map(({ month }) => month);
  const found = await recountTally(deps, { dryRun: false, ...(months.includes(allMonths) ? {} : { months }) }, limits);
  await settleStale(deps, stale);
  return found;
}

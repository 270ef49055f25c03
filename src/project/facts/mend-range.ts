import type { Facts } from '../../facts/facts.ts';
import { attachRows } from '../rebuild/attach-rows.ts';
import { findMissingNumbersStatement } from '../rebuild/check-numbers.ts';
import { countFactsStatement } from '../receipt/find-facts-outcomes.ts';
import type { FactRow } from './insert-rows.ts';

type Deps = { facts: Pick<Facts, 'run' | 'select' | 'insert'> };

/**
 * After a range was repeated: an engine that was killed may call an insert a repeat although it never kept its rows. What is
 * missing is added past all views, because these took their part of the repeat by themselves. Returns how many rows that were.
 */
export async function mendRange(deps: Deps, rows: readonly FactRow[]): Promise<number> {
  const [fromSeq, toSeq] = [rows[0]?.seq, rows.at(-1)?.seq];
  if (fromSeq === undefined || toSeq === undefined) return 0;
  const [counted] = await deps.facts.select(countFactsStatement, { firstSeq: fromSeq, lastSeq: toSeq });
  if (counted?.held === rows.length) return 0;
  const limit = toSeq - fromSeq + 1;
  const missing = await deps.facts.select(findMissingNumbersStatement, { fromSeq, toSeq, limit });
  const seqs = new Set(missing.map(({ acceptSeq }) => acceptSeq));
  const lost = rows.filter(({ seq }) => seqs.has(seq));
  // A repairer may be filling a table of its own at the same time.
  if (lost.length > 0) await attachRows(deps, lost, 'mended');
  return lost.length;
}

import type { z } from 'zod';
import type { Facts } from '../../../facts/facts.ts';
import type { Log } from '../../../log/open-log.ts';
import type { Statement } from '../../../query/statement.ts';
import { withFreshTable } from '../../rebuild/fresh-table.ts';
import { type CheckHold, type HoldLimits, holdProjector } from '../../rebuild/hold-projector.ts';
import { addExcluded, addQuarters, type Extent, type TallyRules } from '../add-part.ts';
import { seqOf } from '../run-tally.ts';
import {
  compareDaysStatement,
  compareExcludedStatement,
  compareQuartersStatement,
  fillDaysStatement,
  findWholeFromStatement,
  listMonthsStatement,
  memories,
} from './recounted-tables.ts';

export type RecountLimits = HoldLimits & {
  /** The most facts that one statement counts. */
  factsAtOnce: number;
  /** Quarters of before so many days may have been given up already; 0 where they are kept for ever. */
  quarterDays: number;
};

export type RecountDeps = {
  facts: Pick<Facts, 'run' | 'fill' | 'select'>;
  log: Pick<Log, 'holds' | 'projectors'>;
  rules: TallyRules;
  now: () => number;
};

/** A part of a table that was not what the facts make it: rows and a checksum, before and after. */
export type Recounted = { table: string; partition: string; kept: string; counted: string };

/** Events from before `wholeFromMs` may have expired: what was counted of them stays as it is. */
type Asked = { toSeq: number; wholeFromMs: number; dryRun: boolean; check: CheckHold };
type Month = Extent & { month: number };
type Comparison = Statement<
  z.ZodObject<{ month: z.ZodNumber }>,
  z.ZodObject<{ kept: z.ZodString; counted: z.ZodString }>
>;

const suffix = 'recount';

/** Without `newest` and `months` all months. */
type Wanted = { dryRun: boolean; newest?: number; months?: readonly number[] };

/**
 * Counts months anew from the facts, with the tally at a standstill, and puts what differs in its place. `newest`: so many
 * months from the last one.
 */
export async function recountTally(
  deps: RecountDeps,
  { dryRun, ...wanted }: Wanted,
  limits: RecountLimits,
): Promise<Recounted[]> {
  return holdProjector(deps.log, 'tally', limits, async (check) => {
    const { position } = await deps.log.projectors.readState('tally');
    const [whole] = await deps.facts.select(findWholeFromStatement, {});
    const asked = { toSeq: seqOf(position), wholeFromMs: whole?.wholeFromMs ?? 0, dryRun, check };
    const found = await recountMemories(deps, asked);
    // What is counted from a memory that is wrong says nothing of the counts.
    if (dryRun && found.length > 0) return found;
    const months = await deps.facts.select(listMonthsStatement, {});
    const parts = Math.max(1, Math.ceil(months.reduce((sum, { facts }) => sum + facts, 0) / limits.factsAtOnce));
    for (const { month } of chosen(months, wanted)) {
      const extent = { month, parts, part: 0, ...monthExtent(month) };
      if (extent.fromMs < asked.wholeFromMs) break;
      if (keepsQuarters(extent, deps.now(), limits)) found.push(...(await recountQuarters(deps, asked, extent)));
      found.push(...(await recountDays(deps, asked, extent)), ...(await recountExcluded(deps, asked, extent)));
    }
    return found;
  });
}

function keepsQuarters({ fromMs }: Month, nowMs: number, { quarterDays }: RecountLimits): boolean {
  return quarterDays === 0 || fromMs >= nowMs - quarterDays * 86_400_000;
}

function chosen<M extends { month: number }>(
  months: readonly M[],
  { newest, months: named }: Omit<Wanted, 'dryRun'>,
): M[] {
  return months.slice(0, newest).filter(({ month }) => named === undefined || named.includes(month));
}

function monthExtent(month: number): { fromMs: number; toMs: number } {
  const [year, place] = [Math.floor(month / 100), (month % 100) - 1];
  return { fromMs: Date.UTC(year, place, 1), toMs: Date.UTC(year, place + 1, 1) };
}

async function recountMemories(deps: RecountDeps, { dryRun, check, ...asked }: Asked): Promise<Recounted[]> {
  const found: Recounted[] = [];
  for (const { table, fill, compare } of memories) {
    const [compared] = await deps.facts.select(compare, asked);
    if (compared === undefined || compared.kept === compared.counted) continue;
    found.push({ table, partition: 'all', ...compared });
    if (dryRun) continue;
    const refill = async (fresh: { swap(partition: string): Promise<void> }) => {
      await deps.facts.run(fill, asked);
      await check();
      await fresh.swap('all');
    };
    await withFreshTable(deps, table, refill, suffix);
  }
  return found;
}

function recountQuarters(deps: RecountDeps, asked: Asked, month: Month): Promise<Recounted[]> {
  const part = { afterSeq: 0, toSeq: asked.toSeq, atSeq: asked.toSeq, about: 'counted' } as const;
  const fill = async (table: string) => {
    for (const extent of partsOf(month)) {
      await addQuarters(deps, part, { table, token: `recount ${extent.part}` }, extent);
    }
  };
  return recountMonth(deps, asked, { table: 'engagement_quarters', month, fill, compare: compareQuartersStatement });
}

function recountDays(deps: RecountDeps, asked: Asked, month: Month): Promise<Recounted[]> {
  const { viewFromMs, bonusAbove } = deps.rules;
  const fill = async () => {
    for (const { fromMs, toMs, parts, part } of partsOf(month)) {
      await deps.facts.run(fillDaysStatement, {
        toSeq: asked.toSeq,
        fromMs,
        toMs,
        parts,
        part,
        viewFromMs,
        bonusAbove,
      });
    }
  };
  return recountMonth(deps, asked, { table: 'engagement_days', month, fill, compare: compareDaysStatement });
}

function recountExcluded(deps: RecountDeps, asked: Asked, month: Month): Promise<Recounted[]> {
  const part = { afterSeq: 0, toSeq: asked.toSeq, atSeq: asked.toSeq, about: 'counted' } as const;
  const fill = (table: string) => addExcluded(deps, part, { table, token: 'recount' }, month);
  return recountMonth(deps, asked, { table: 'excluded_engagement', month, fill, compare: compareExcludedStatement });
}

function partsOf({ fromMs, toMs, parts }: Month): Extent[] {
  return Array.from({ length: parts }, (_, part) => ({ fromMs, toMs, parts, part }));
}

type Counted = { table: string; month: Month; fill: (table: string) => Promise<void>; compare: Comparison };

function recountMonth(deps: RecountDeps, { dryRun, check }: Asked, { table, month, fill, compare }: Counted) {
  const partition = String(month.month);
  const work = async (fresh: { name: string; swap(partition: string): Promise<void> }): Promise<Recounted[]> => {
    await fill(fresh.name);
    const [compared] = await deps.facts.select(compare, { month: month.month });
    if (compared === undefined || compared.kept === compared.counted) return [];
    await check();
    if (!dryRun) await fresh.swap(partition);
    return [{ table, partition, ...compared }];
  };
  return withFreshTable(deps, table, work, suffix);
}

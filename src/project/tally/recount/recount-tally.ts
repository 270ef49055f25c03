import type { Facts } from '../../../facts/facts.ts';
import { findWholeFrom } from '../../../facts/find-whole-from.ts';
import { numberOfPosition } from '../../../log/entry-id.ts';
import type { Log } from '../../../log/open-log.ts';
import { withNames } from '../../../query/statement.ts';
import { type FreshTable, withFreshTable } from '../../rebuild/fresh-table.ts';
import { type CheckHold, type HoldLimits, holdProjector } from '../../rebuild/hold-projector.ts';
import { addExcluded, addExclusions, addQuarters, type Extent, type Part, type TallyRules } from '../add-part.ts';
import {
  compareReactionsStatement,
  digestDaysStatement,
  digestExcludedStatement,
  digestExclusionsStatement,
  digestQuartersStatement,
  fillDaysStatement,
  fillReactionsStatement,
  listMonthsStatement,
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
const suffix = 'recount';
/** The partition of a table that has none. */
const wholeTable = 'all';

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
    const wholeFromMs = await findWholeFrom(deps.facts);
    const asked = { toSeq: numberOfPosition(position), wholeFromMs, dryRun, check };
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

/** What the tally remembers of accounts and their reactions; the counts are made of it. */
async function recountMemories(deps: RecountDeps, asked: Asked): Promise<Recounted[]> {
  return [...(await recountReactions(deps, asked)), ...(await recountExclusions(deps, asked))];
}

/** There may be as many of them as facts, so they are written anew only where they differ from these. */
async function recountReactions(deps: RecountDeps, { dryRun, check, ...asked }: Asked): Promise<Recounted[]> {
  const [compared] = await deps.facts.select(compareReactionsStatement, asked);
  if (compared === undefined || compared.kept === compared.counted) return [];
  const refill = async (fresh: FreshTable) => {
    await deps.facts.run(fillReactionsStatement, asked);
    await check();
    await fresh.swap(wholeTable);
  };
  if (!dryRun) await withFreshTable(deps, 'reactions', refill, suffix);
  return [{ table: 'reactions', partition: wholeTable, ...compared }];
}

function recountExclusions(deps: RecountDeps, asked: Asked): Promise<Recounted[]> {
  return recountPart(deps, asked, {
    table: 'exclusions',
    partition: wholeTable,
    fill: (table) => addExclusions(deps, { afterSeq: 0, toSeq: asked.toSeq }, { table, token: suffix }),
    digest: (table) => deps.facts.select(withNames(digestExclusionsStatement, { table }), {}),
  });
}

function recountQuarters(deps: RecountDeps, asked: Asked, month: Month): Promise<Recounted[]> {
  const fill = async (table: string) => {
    for (const extent of partsOf(month)) {
      await addQuarters(deps, everythingTo(asked), { table, token: `${suffix} ${extent.part}` }, extent);
    }
  };
  const ofMonth = { table: 'engagement_quarters', digest: digestQuartersStatement, fill };
  return recountMonth(deps, asked, month, ofMonth);
}

function recountDays(deps: RecountDeps, asked: Asked, month: Month): Promise<Recounted[]> {
  const { viewFromMs, bonusAbove } = deps.rules;
  const fill = async () => {
    for (const extent of partsOf(month)) {
      await deps.facts.run(fillDaysStatement, { toSeq: asked.toSeq, ...extent, viewFromMs, bonusAbove });
    }
  };
  return recountMonth(deps, asked, month, { table: 'engagement_days', digest: digestDaysStatement, fill });
}

function recountExcluded(deps: RecountDeps, asked: Asked, month: Month): Promise<Recounted[]> {
  const fill = (table: string) => addExcluded(deps, everythingTo(asked), { table, token: suffix }, month);
  return recountMonth(deps, asked, month, { table: 'excluded_engagement', digest: digestExcludedStatement, fill });
}

function everythingTo({ toSeq }: Asked): Part {
  return { afterSeq: 0, toSeq, atSeq: toSeq, about: 'counted' };
}

function partsOf({ fromMs, toMs, parts }: Month): Extent[] {
  return Array.from({ length: parts }, (_, part) => ({ fromMs, toMs, parts, part }));
}

type Fill = { table: string; fill: (table: string) => Promise<void> };

function recountMonth(
  deps: RecountDeps,
  asked: Asked,
  { month }: Month,
  { digest, ...fill }: Fill & { digest: typeof digestDaysStatement },
): Promise<Recounted[]> {
  return recountPart(deps, asked, {
    ...fill,
    partition: String(month),
    digest: (table) => deps.facts.select(withNames(digest, { table }), { month }),
  });
}

type TablePart = Fill & { partition: string; digest: (table: string) => Promise<Array<{ digest: string }>> };

/** Fills a part of a table anew beside it, and lets it take its place where the two differ. */
async function recountPart(
  { facts }: RecountDeps,
  { dryRun, check }: Asked,
  { table, partition, fill, digest }: TablePart,
): Promise<Recounted[]> {
  const work = async (fresh: FreshTable): Promise<Recounted[]> => {
    await fill(fresh.name);
    const [[kept], [counted]] = [await digest(table), await digest(fresh.name)];
    if (kept === undefined || counted === undefined || kept.digest === counted.digest) return [];
    await check();
    if (!dryRun) await fresh.swap(partition);
    return [{ table, partition, kept: kept.digest, counted: counted.digest }];
  };
  return withFreshTable({ facts }, table, work, suffix);
}

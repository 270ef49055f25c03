import { z } from 'zod';
import { timeOf } from '../../query/times.ts';
import type { AskedRange } from '../asked/asked-range.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { countExcludedModeration } from './count-excluded-moderation.ts';
import { type CountedModeration, countModeration, type moderationBy, moderationNumbers } from './count-moderation.ts';
import { listModerationDays } from './list-moderation-days.ts';

export const ModerationItem = z.object({
  value: z.string().meta({ description: 'Empty where flags and actions do not say it.' }),
  ...moderationNumbers,
});

export const ModerationTotals = z.object(moderationNumbers).meta({ id: 'ModerationTotals' });

// What a time in a query can say; a later one could not be written.
const writtenMs = z.number().int().min(0).max(Date.UTC(10_000, 0));

/** Where a page ended, and the range of the first page: the next ones are of the same, however late it has become. */
export const ModerationPosition = z.object({
  fromMs: writtenMs,
  toMs: writtenMs,
  events: z.number().int().nonnegative(),
  value: z.string(),
  total: z.number().int().nonnegative(),
});

type Search = AskedRange & {
  by: z.output<typeof moderationBy>;
  tz: string;
  limit: number;
  after: z.output<typeof ModerationPosition> | undefined;
};

type Deps = Pick<EngagementDeps, 'facts' | 'asOf'>;

export async function listModeration({ facts, asOf }: Deps, { by, tz, limit, after, ...range }: Search) {
  // Read first, so that everything accepted by then is in.
  const upTo = await asOf();
  const first = { afterEvents: Number.MAX_SAFE_INTEGER, afterValue: '' };
  const start = after === undefined ? first : { afterEvents: after.events, afterValue: after.value };
  const [rows, [all], days, excluded] = await Promise.all([
    // One more than asked for tells whether there is another page.
    countModeration({ facts }, { ...range, ...start, by, limit: limit + 1 }),
    countModeration({ facts }, { ...range, ...first, by: 'all', limit: 1 }),
    listModerationDays({ facts }, { ...range, tz }),
    countExcludedModeration({ facts }, range),
  ]);
  const total = rows[0]?.total ?? after?.total ?? 0;
  const shown = rows.slice(0, limit);
  return {
    head: { from: timeOf(range.fromMs), to: timeOf(range.toMs), asOf: upTo, exact: true as const, excluded },
    items: shown.map(({ total: _total, ...item }) => item),
    total,
    next: rows.length > limit ? positionOf(range, shown.at(-1)) : undefined,
    totals: totalsOf(all),
    days,
  };
}

function positionOf(range: AskedRange, row: CountedModeration | undefined) {
  return row === undefined
    ? undefined
    : { ...range, events: row.flags + row.actions, value: row.value, total: row.total };
}

const nothing = { flags: 0, actions: 0, posts: 0, people: 0, reporters: 0, cases: 0, open: 0 };

function totalsOf(row: CountedModeration | undefined): z.output<typeof ModerationTotals> {
  if (row === undefined) return { ...nothing, meanTimeToActionSeconds: null, medianTimeToActionSeconds: null };
  const { value: _value, total: _total, ...numbers } = row;
  return numbers;
}

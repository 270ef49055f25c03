import { z } from 'zod';
import { earliestMs, latestMs } from '../../event/fields/parse-timestamp.ts';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import type { Counts } from './counters.ts';
import { dayMs } from './gather-quality.ts';
import { type DayRange, type Numbers, type QualityDay, readQuality, sumNumbers } from './read-quality.ts';

type Deps = { log: { readQuality(startMs: number): Promise<Counts> }; now: () => number };

const count = z.number().int().nonnegative();
const day = z.iso.date();

const numbers = {
  received: count.meta({ description: 'accepted + duplicate + conflict + rejected.' }),
  accepted: count,
  duplicate: count,
  conflict: count,
  rejected: count,
  unknownNames: count.meta({ description: 'Of the rejected: the name is none of the vocabulary as it is written.' }),
  corrected: z
    .object({ items: count, within5Minutes: count, within1Hour: count, within1Day: count, beyond1Day: count })
    .meta({
      id: 'CorrectedItems',
      description: 'Accepted items whose time was moved, because `sentAt` showed a wrong clock, and how far.',
    }),
  late: z.object({ over1Hour: count, over1Day: count, beforeWindow: count }).meta({
    id: 'LateItems',
    description:
      'Accepted items by the age that their time, once corrected, had when they were received. The older ones are also in the counts before; `beforeWindow` are those older than what the door remembers of ids.',
  }),
};

const Refused = z
  .object({ code: z.string(), pointer: z.string().meta({ description: 'A field, or `other`.' }), count })
  .meta({ id: 'RefusedItems' });
const Item = z
  .object({
    receivedOn: day.meta({ description: 'The day in UTC on which the items were received.' }),
    eventName: z.string().meta({ description: '`other` for items that have no name of the vocabulary.' }),
    ...numbers,
    byCode: z.array(Refused).meta({ description: 'The rejected by their first problem, the most first.' }),
  })
  .meta({ id: 'QualityDay' });
const Body = listBody(Item)
  .extend({
    firstDay: day,
    lastDay: day,
    keptDays: count,
    totals: z.object(numbers).meta({ id: 'QualityTotals' }),
    rule: z.string(),
  })
  .meta({ id: 'Quality' });

const rule =
  'One item for each day of receipt and event name of which anything was received, the first day first, then by name; `next` is the cursor of the rest. `totals` are over all days from `firstDay` to `lastDay`.';

const startMs = z
  .number()
  .int()
  .multipleOf(dayMs)
  .min(earliestMs - 1000 * dayMs)
  .max(latestMs);
const Position = z.object({ fromMs: startMs, toMs: startMs, afterMs: startMs, afterName: z.string() });

const askedDay = day.refine(
  (text) => Date.parse(text) >= earliestMs && Date.parse(text) <= latestMs,
  'must be a day from 2000 to 2100',
);

const shownDays = 7;

/** How long counts are kept is part of the route, because its documentation states it. */
export function readQualityRoute({ keptDays }: { keptDays: number }) {
  return route<Deps>()({
    method: 'GET',
    path: '/v1/quality',
    operationId: 'readQuality',
    scope: 'ledger:read',
    tags: ['ledger'],
    summary: 'What is wrong with what is sent: refusals by code and field, wrong clocks and late arrivals, day by day.',
    description: `Counted by each process as it answers, and written down about once a second, so the newest may be missing, and a second's counts are lost where a process is killed; the books of \`/v1/ledger\` lose none. A name that differs from one of the vocabulary in case or spaces only counts under that one, as unknown. Kept for ${keptDays} days.`,
    query: z.object({
      ...listQuery,
      from: askedDay.optional().meta({ description: `The first day; ${shownDays} days are shown without it.` }),
      to: askedDay.optional().meta({ description: 'The last day; today, in UTC, if it is left out.' }),
    }),
    replies: {
      200: { description: 'One page, and the totals.', schema: Body },
      400: { description: 'invalid_range, range_too_wide' },
    },
    answer: async (deps, { query: { limit, cursor, from, to }, url }) => {
      const list = `quality ${JSON.stringify({ from, to })}`;
      const after = readCursor(list, Position, cursor);
      const { fromMs, toMs } = checkRange(after ?? rangeOf({ from, to }, deps.now(), keptDays), keptDays);
      const all = await readQuality(deps, { fromMs, toMs });
      const rest = after === undefined ? all : all.filter((item) => isAfter(item, after));
      const shown = rest.slice(0, limit);
      const last = rest.length > limit ? shown.at(-1) : undefined;
      const next = last && { fromMs, toMs, afterMs: last.startMs, afterName: last.eventName };
      const reply = listReply(url, { list, items: shown.map(toItem), total: all.length, next });
      const totals = describe(sumNumbers(all.map((item) => item.numbers)));
      const edges = { firstDay: dayOf(fromMs), lastDay: dayOf(toMs) };
      return { ...reply, body: { ...reply.body, ...edges, keptDays, totals, rule } };
    },
  });
}

function rangeOf(asked: { from: string | undefined; to: string | undefined }, nowMs: number, keptDays: number) {
  const toMs = asked.to === undefined ? nowMs - (nowMs % dayMs) : Date.parse(asked.to);
  const fromMs = asked.from === undefined ? toMs - (Math.min(shownDays, keptDays) - 1) * dayMs : Date.parse(asked.from);
  return { fromMs, toMs };
}

function checkRange({ fromMs, toMs }: DayRange, keptDays: number): DayRange {
  if (fromMs > toMs) throw refuse('invalid_range', '`from` lies after `to`.');
  if (toMs - fromMs >= keptDays * dayMs) {
    throw refuse('range_too_wide', `At most ${keptDays} days can be asked for at once: so many are kept.`);
  }
  return { fromMs, toMs };
}

function refuse(code: string, message: string) {
  return problem(400, code, message, { errors: [{ pointer: '/query/from', code, message }] });
}

function isAfter(item: QualityDay, { afterMs, afterName }: z.output<typeof Position>): boolean {
  return item.startMs > afterMs || (item.startMs === afterMs && item.eventName > afterName);
}

function toItem({ startMs: receivedMs, eventName, numbers: counted, byCode }: QualityDay) {
  return { receivedOn: dayOf(receivedMs), eventName, ...describe(counted), byCode };
}

function describe(counted: Numbers) {
  const { accepted, duplicate, conflict, rejected, unknownNames } = counted;
  const corrected = {
    within5Minutes: counted.correctedWithin5Minutes,
    within1Hour: counted.correctedWithin1Hour,
    within1Day: counted.correctedWithin1Day,
    beyond1Day: counted.correctedBeyond1Day,
  };
  const items = Object.values(corrected).reduce((sum, part) => sum + part, 0);
  return {
    received: accepted + duplicate + conflict + rejected,
    accepted,
    duplicate,
    conflict,
    rejected,
    unknownNames,
    corrected: { items, ...corrected },
    late: {
      over1Hour: counted.lateOver1Hour,
      over1Day: counted.lateOver1Day,
      beforeWindow: counted.lateBeforeWindow,
    },
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

import { z } from 'zod';
import { earliestMs, latestMs } from '../event/fields/parse-timestamp.ts';
import { listBody, listQuery, listReply, readCursor } from '../http/list-body.ts';
import { problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import type { LedgerReport, MinuteReport } from './compose-minutes.ts';
import type { LedgerDeps } from './find-counts.ts';
import { type Looking, readLedger } from './read-ledger.ts';

export type LedgerLimits = Looking & { pageMinutes: number; rangeMinutes: number; defaultMinutes: number };

type Deps = LedgerDeps & { now: () => number };

const minuteMs = 60_000;
const count = z.number().int();

const line = {
  received: count,
  accepted: count,
  duplicate: count,
  conflict: count,
  rejected: count,
  stored: count.meta({ description: 'Of it pending and quarantined.' }),
  pending: count,
  quarantined: count,
  deadLettered: count,
  lateDuplicate: count,
  lateConflict: count,
  erased: count,
  expired: count,
  inFlight: count,
  balanced: z.boolean(),
};

const StoreLine = z.object({ ...line, notForThisStore: count }).meta({ id: 'LedgerStore' });
const stores = z.object({ graph: StoreLine, facts: StoreLine });
const report = {
  ...line,
  balanced: z.boolean().meta({
    description:
      'received = accepted + duplicate + conflict + rejected, and accepted = everything it became, here and in each store.',
  }),
  stores,
};
const LedgerMinute = z.object({ minute: z.iso.datetime(), ...report }).meta({ id: 'LedgerMinute' });
const LedgerTotals = z.object(report).meta({ id: 'LedgerTotals' });
const time = z.iso.datetime();

const LedgerBody = listBody(LedgerMinute)
  .extend({ from: time, to: time, totals: LedgerTotals, asOf: time, rule: z.string() })
  .meta({ id: 'Ledger' });

const rule =
  'Every minute from `from` to before `to` in which anything was received, oldest first; `next` is the cursor of the rest. ' +
  '`totals` are over the whole range.';

const Position = z.object({ fromMs: z.number().int(), toMs: z.number().int(), afterMs: z.number().int() });

const askedTime = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= earliestMs && Date.parse(text) <= latestMs, 'must be a time from 2000 to 2100');

/** The limits are part of the route, because its documentation states them. */
export function readLedgerRoute(limits: LedgerLimits) {
  return route<Deps>()({
    method: 'GET',
    path: '/v1/ledger',
    operationId: 'readLedger',
    scope: 'ledger:read',
    tags: ['ledger'],
    summary: 'The books: what was received in each minute, and what became of it in each store.',
    query: z.object({
      ...listQuery,
      limit: listQuery.limit.unwrap().max(limits.pageMinutes).default(Math.min(50, limits.pageMinutes)),
      from: askedTime.optional().meta({ description: `Default: ${limits.defaultMinutes} minutes before \`to\`.` }),
      to: askedTime.optional().meta({ description: 'Default: now.' }),
    }),
    replies: {
      200: { description: 'One page of minutes, and the totals.', schema: LedgerBody },
      400: { description: 'invalid_range, range_too_wide' },
    },
    answer: async (deps, { query, url }) => {
      const { limit, cursor, from, to } = query;
      const list = `ledger ${JSON.stringify({ from, to })}`;
      const nowMs = deps.now();
      const range = readCursor(list, Position, cursor) ?? { ...rangeOf({ from, to, nowMs }, limits), afterMs: 0 };
      const page = await readLedger(deps, { ...range, limit }, limits);
      const next = page.next === null ? undefined : { ...range, afterMs: page.next };
      const reply = listReply(url, { list, items: page.items.map(toItem), total: page.total, next });
      const edges = { from: iso(range.fromMs), to: iso(range.toMs) };
      return { ...reply, body: { ...reply.body, ...edges, totals: page.totals, asOf: iso(nowMs), rule } };
    },
  });
}

type Asked = { from: string | undefined; to: string | undefined; nowMs: number };

/** Whole minutes: the one that `from` lies in and the one that `to` lies in are both meant. */
function rangeOf({ from, to, nowMs }: Asked, { rangeMinutes, defaultMinutes }: LedgerLimits) {
  const toMs = Math.ceil((to === undefined ? nowMs + 1 : Date.parse(to)) / minuteMs) * minuteMs;
  const firstMs = from === undefined ? toMs - defaultMinutes * minuteMs : Date.parse(from);
  const fromMs = Math.floor(firstMs / minuteMs) * minuteMs;
  if (fromMs > toMs) throw refuse('invalid_range', '`from` lies after `to`.');
  if (toMs - fromMs > rangeMinutes * minuteMs) {
    throw refuse('range_too_wide', `At most ${rangeMinutes} minutes can be asked for at once.`);
  }
  return { fromMs, toMs };
}

function refuse(code: string, message: string) {
  return problem(400, code, message, { errors: [{ pointer: '/query/from', code, message }] });
}

function toItem({ minuteMs: startMs, ...found }: MinuteReport): { minute: string } & LedgerReport {
  return { minute: iso(startMs), ...found };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

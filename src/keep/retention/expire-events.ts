import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { type ExpiryLimits, findLimits, type RetentionDays } from './find-limits.ts';

const limitParams = { eventNames: z.array(z.string()), beforeMs: z.array(z.number()) };

export const findDueStatement = statement('clickhouse/keep/retention/find-due.sql', {
  params: z.object(limitParams),
  row: z.object({ partition: z.string(), events: z.number() }),
});
export const listDueStatement = statement('clickhouse/keep/retention/list-due.sql', {
  params: z.object({ ...limitParams, partition: z.string(), afterSeq: z.number(), limit: z.number() }),
  row: z.object({
    seq: z.number(),
    eventId: z.string(),
    eventName: z.string(),
    digest: z.number(),
    acceptedAtMs: z.number(),
  }),
});
export const findExtentStatement = statement('clickhouse/keep/retention/find-extent.sql', {
  params: z.object({ partition: z.string() }),
  row: z.object({ fromSeq: z.number(), toSeq: z.number() }),
});
export const deleteExpiredStatement = statement('clickhouse/keep/retention/delete-expired.sql', {
  params: z.object({ partition: z.string(), fromSeq: z.number(), toSeq: z.number() }),
  row: z.object({}),
});

/** A month at work, and what its chunks are known by when one is written twice. */
export type Begun = { partition: string; token: string };

export type ExpiryDeps = {
  facts: Pick<Facts, 'select' | 'insert' | 'run'>;
  now: () => number;
  /** What was begun and may not be whole; kept where a restart finds it. */
  unfinished: { read(): Promise<Begun | null>; write(begun: Begun | null): Promise<void> };
};

export type ExpirySettings = { days: RetentionDays; eventsAtOnce: number; maxEvents: number };

/**
 * Lets events expire that are older than their kind is kept. First the books say so, number by number; from then on the row
 * counts for nobody, and is deleted. Whoever is stopped in between goes on where it was: a number that the books have is not
 * told again, and a chunk that was written is known by its token.
 */
export async function expireEvents(deps: ExpiryDeps, settings: ExpirySettings): Promise<{ expired: number }> {
  const limits = findLimits(settings.days, deps.now());
  const begun = await deps.unfinished.read();
  const due = limits.eventNames.length === 0 ? [] : await deps.facts.select(findDueStatement, limits);
  const months: Begun[] = due.map(({ partition }) => ({ partition, token: randomUUID() }));
  let expired = 0;
  for (const month of begun === null ? months : [begun, ...months]) {
    if (expired >= settings.maxEvents) break;
    await deps.unfinished.write(month);
    expired += await tellBooks(deps, { ...limits, ...month }, { ...settings, maxEvents: settings.maxEvents - expired });
    await deleteRows(deps, month.partition);
    await deps.unfinished.write(null);
  }
  return { expired };
}

type Month = ExpiryLimits & Begun;

async function tellBooks(
  { facts }: ExpiryDeps,
  { token, ...month }: Month,
  { eventsAtOnce, maxEvents }: ExpirySettings,
): Promise<number> {
  if (month.eventNames.length === 0) return 0;
  let told = 0;
  for (let afterSeq = 0; told < maxEvents; ) {
    const due = await facts.select(listDueStatement, { ...month, afterSeq, limit: eventsAtOnce });
    const [first, last] = [due[0], due.at(-1)];
    if (first === undefined || last === undefined) break;
    const target = { table: 'outcomes', columns, token: `expired:${token}:${first.seq}-${last.seq}:${due.length}` };
    await facts.insert(target, due.map(toOutcome));
    told += due.length;
    afterSeq = last.seq;
  }
  return told;
}

function toOutcome({
  seq,
  eventId,
  eventName,
  digest,
  acceptedAtMs,
}: z.output<typeof listDueStatement.row>): unknown[] {
  return [seq, eventId, 'expired', eventName, acceptedAtMs, digest];
}

const columns = ['accept_seq', 'event_id', 'status', 'code', 'accepted_at', 'digest'];

async function deleteRows({ facts }: ExpiryDeps, partition: string): Promise<void> {
  const [extent] = await facts.select(findExtentStatement, { partition });
  if (extent !== undefined && extent.toSeq > 0) await facts.run(deleteExpiredStatement, { partition, ...extent });
}

import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { type Check, openTally, type Tally } from '../check.ts';
import { stretches } from '../facts/check-in-store.ts';
import { readLogEvents } from '../read-log-events.ts';
import type { Positions } from '../read-positions.ts';
import type { VerifyDeps } from '../verify-deps.ts';
import type { ClientIds } from './client-ids.ts';

export const listEventIdsStatement = statement('clickhouse/verify/list-event-ids.sql', {
  params: z.object({ firstSeq: z.number(), lastSeq: z.number() }),
  row: z.object({ acceptSeq: z.number(), eventId: z.string(), digest: z.string() }),
});

/** What a client was answered, or was not. */
export type Clients = { acked?: ClientIds; onlyAcked?: boolean; maybe?: ClientIds; refused?: ClientIds };

type Deps = Pick<VerifyDeps, 'facts' | 'log' | 'limits' | 'onProgress'>;

type Tallies = { acked: Tally; maybe: Tally; refused: Tally; strangers: Tally };

/** Every id that a client holds an answer for, against the ids that the facts hold. Those still in the log are on their way. */
export async function checkClientIds(deps: Deps, clients: Clients, now: Positions): Promise<Check[]> {
  const { acked, maybe, refused, onlyAcked } = clients;
  if (acked === undefined && maybe === undefined && refused === undefined) return [];
  const open = (name: string, invariant: string) => openTally(name, invariant, deps.limits.maxExamples);
  const tallies: Tallies = {
    acked: open('every acknowledged id is there once', 'I1'),
    maybe: open('ids without an answer are there once or not at all', 'I5'),
    refused: open('refused ids left no trace', 'I4'),
    strangers: open('nothing is there that no client sent', 'I3'),
  };
  const times = await countIds(deps, clients, now, tallies);
  await judgeTimes(deps, clients, times, { now, tallies });
  const { strangers, ...told } = tallies;
  const asked = [told.acked, told.maybe, told.refused].filter(
    (_, place) => [acked, maybe, refused][place] !== undefined,
  );
  return [...asked, ...(onlyAcked === true ? [strangers] : [])].map((tally) => tally.finish());
}

/** How often each id that a client named is there; strangers and wrong contents are noted on the way. */
async function countIds(deps: Deps, clients: Clients, now: Positions, tallies: Tallies): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  const lastSeq = Math.max(now.log.lastSeq, now.facts.seq);
  for (const part of stretches(1, lastSeq, deps.limits.factsAtOnce)) {
    for (const { eventId, digest } of await deps.facts.select(listEventIdsStatement, part)) {
      const isAcked = clients.acked?.has(eventId) === true;
      const isKnown = isAcked || clients.maybe?.has(eventId) === true;
      if (isKnown || clients.refused?.has(eventId)) times.set(eventId, (times.get(eventId) ?? 0) + 1);
      tallies.strangers.look();
      if (!isKnown) tallies.strangers.differ({ subject: eventId, expected: 'sent by a client', found: 'in facts' });
      const wanted = clients.acked?.get(eventId) ?? clients.maybe?.get(eventId) ?? digest;
      if (isKnown && wanted !== digest)
        tallies.acked.differ({ subject: eventId, expected: `digest ${wanted}`, found: digest });
    }
    deps.onProgress(`ids up to accept number ${part.lastSeq} of ${lastSeq}`);
  }
  return times;
}

type Judging = { now: Positions; tallies: Tallies };

async function judgeTimes(
  deps: Deps,
  clients: Clients,
  times: Map<string, number>,
  { now, tallies }: Judging,
): Promise<void> {
  const missing = [...(clients.acked?.keys() ?? [])].filter((id) => !times.has(id));
  const onTheWay = missing.length === 0 ? new Set<string>() : await readIdsBeyond(deps, now);
  for (const id of clients.acked?.keys() ?? []) {
    tallies.acked.look();
    const found = times.get(id) ?? 0;
    if (found === 1 || (found === 0 && onTheWay.has(id))) continue;
    tallies.acked.differ({ subject: id, expected: '1', found: String(found) });
  }
  for (const id of clients.maybe?.keys() ?? []) {
    tallies.maybe.look();
    const found = times.get(id) ?? 0;
    if (found > 1) tallies.maybe.differ({ subject: id, expected: '0 or 1', found: String(found) });
  }
  for (const id of clients.refused?.keys() ?? []) {
    tallies.refused.look();
    const found = times.get(id) ?? 0;
    if (found > 0) tallies.refused.differ({ subject: id, expected: '0', found: String(found) });
  }
}

/** Ids of the log's entries that the facts have not reached. */
async function readIdsBeyond(deps: Deps, now: Positions): Promise<Set<string>> {
  const ids = new Set<string>();
  const beyond = { after: now.facts.position, lastSeq: Number.MAX_SAFE_INTEGER };
  for await (const { raw } of readLogEvents(deps, beyond)) ids.add(raw.eventId);
  return ids;
}

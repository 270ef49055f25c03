import type { Facts } from '../../facts/facts.ts';
import type { AcceptedItem } from '../read-accepted.ts';
import type { LateStatus } from './find-late-repeats.ts';

const columns = ['accept_seq', 'event_id', 'status', 'code', 'accepted_at'];
const codes: Record<LateStatus, string> = { lateDuplicate: 'duplicate', lateConflict: 'event_id_conflict' };

export type Outcome = { seq: number; eventId: string; status: LateStatus; acceptedAtMs: number };

type Deps = { facts: Pick<Facts, 'insert'> };

/** Keeps which items ended as late repeats: both stores go by it. */
export async function writeOutcomes({ facts }: Deps, token: string, outcomes: readonly Outcome[]): Promise<void> {
  const rows = outcomes.map(({ seq, eventId, status, acceptedAtMs }) => [
    seq,
    eventId,
    status,
    codes[status],
    acceptedAtMs,
  ]);
  await facts.insert({ table: 'outcomes', columns, token }, rows);
}

export function lateOutcomes(items: readonly AcceptedItem[], late: ReadonlyMap<number, LateStatus>): Outcome[] {
  return items.flatMap(({ raw, item: { seq }, acceptedAtMs }) => {
    const status = late.get(seq);
    return status === undefined ? [] : [{ seq, eventId: raw?.eventId ?? '', status, acceptedAtMs }];
  });
}

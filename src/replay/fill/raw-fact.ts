import { z } from 'zod';
import { defaultNetwork } from '../../event/envelope.ts';
import { statement } from '../../query/statement.ts';
import type { RawItem } from './build-entry.ts';

const rawFact = z.object({
  seq: z.number(),
  acceptedAtMs: z.number(),
  timestampMs: z.number(),
  clientTimestampMs: z.number(),
  digest: z.number(),
  eventId: z.string(),
  eventName: z.string(),
  network: z.string(),
  accountId: z.string(),
  sessionId: z.string(),
  data: z.string(),
  metadata: z.string(),
});

export const readRawFactsStatement = statement('clickhouse/replay/read-raw-facts.sql', {
  params: z.object({ fromSeq: z.number(), toSeq: z.number(), eventNames: z.array(z.string()) }),
  row: rawFact,
});

export type RawFact = z.output<typeof rawFact>;

/** The event as a sender would write it in its one form: every spelling resolved, every default in its place. */
export function toRawItem(fact: RawFact): RawItem {
  const { seq, acceptedAtMs, timestampMs, digest } = fact;
  const frame = {
    eventId: fact.eventId,
    eventName: fact.eventName,
    userId: userIdOf(fact),
    sessionId: fact.sessionId === '' ? undefined : fact.sessionId,
    timestamp: new Date(fact.clientTimestampMs).toISOString(),
  };
  const text = JSON.stringify(frame);
  // Data and metadata are JSON already; taken as they are they come out as they went in.
  const bytes = Buffer.from(`${text.slice(0, -1)},"data":${fact.data},"metadata":${fact.metadata}}`);
  return { seq, acceptedAtMs, timestampMs, digest, bytes, mayBeLate: false };
}

/** An account's key names the network where that is not the usual one. */
function userIdOf({ accountId, network }: RawFact): string | undefined {
  if (accountId === '') return undefined;
  return network === defaultNetwork ? accountId : accountId.slice(network.length + 1);
}

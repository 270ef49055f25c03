import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const findEventStatement = statement('clickhouse/project/find-event.sql', {
  params: z.object({ eventId: z.string(), seq: z.number() }),
  row: z.object({ eventName: z.string(), network: z.string(), data: z.string() }),
});

const hints = z.object({ postAuthor: z.string().optional() });

type Deps = { facts: Pick<Facts, 'select'> };

export type StoredEvent = { eventName: string; network: string; postAuthor: string | null };

/** An event as the facts keep it, once the log no longer has it. */
export async function findEvent(
  { facts }: Deps,
  { eventId, seq }: { eventId: string; seq: number },
): Promise<StoredEvent | null> {
  const [event] = await facts.select(findEventStatement, { eventId, seq });
  if (event === undefined) return null;
  const { eventName, network, data } = event;
  return { eventName, network, postAuthor: hints.parse(JSON.parse(data)).postAuthor ?? null };
}

import { beforeAllEntries, type EntryId } from '../entry-id.ts';
import type { LogKeys } from '../log-keys.ts';
import type { RedisCall } from '../redis/call-redis.ts';
import { asRecord } from '../redis/redis-reply.ts';

/** How far the projectors say they are: for polling only, the stores themselves decide. */
export type Progress = {
  graphPosition: EntryId;
  graphLinkSeq: number;
  graphSeq: number;
  factsPosition: EntryId;
  factsSeq: number;
  lineageLinkSeq: number;
};

type Deps = { call: RedisCall; keys: LogKeys };

export async function publishProgress({ call, keys }: Deps, fields: Partial<Progress>): Promise<void> {
  const flat = Object.entries(fields).flat();
  if (flat.length > 0) await call('HSET', [keys.progress, ...flat]);
}

export async function readProgress({ call, keys }: Deps): Promise<Progress> {
  const fields = asRecord(await call('HGETALL', [keys.progress]));
  return {
    graphPosition: fields['graphPosition'] ?? beforeAllEntries,
    graphLinkSeq: Number(fields['graphLinkSeq'] ?? 0),
    graphSeq: Number(fields['graphSeq'] ?? 0),
    factsPosition: fields['factsPosition'] ?? beforeAllEntries,
    factsSeq: Number(fields['factsSeq'] ?? 0),
    lineageLinkSeq: Number(fields['lineageLinkSeq'] ?? 0),
  };
}

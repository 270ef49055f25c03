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
  /** Up to where the facts are counted; the position is that of the facts when all of them were. */
  tallyPosition: EntryId;
  tallySeq: number;
};

/** Of a log that nobody has projected yet. */
export const nothingProjected: Progress = Object.freeze({
  graphPosition: beforeAllEntries,
  graphLinkSeq: 0,
  graphSeq: 0,
  factsPosition: beforeAllEntries,
  factsSeq: 0,
  lineageLinkSeq: 0,
  tallyPosition: beforeAllEntries,
  tallySeq: 0,
});

type Deps = { call: RedisCall; keys: LogKeys };

export async function publishProgress({ call, keys }: Deps, fields: Partial<Progress>): Promise<void> {
  const flat = Object.entries(fields).flat();
  if (flat.length > 0) await call('HSET', [keys.progress, ...flat]);
}

export async function readProgress({ call, keys }: Deps): Promise<Progress> {
  const fields = asRecord(await call('HGETALL', [keys.progress]));
  const position = (name: string) => fields[name] ?? beforeAllEntries;
  const number = (name: string) => Number(fields[name] ?? 0);
  return {
    graphPosition: position('graphPosition'),
    graphLinkSeq: number('graphLinkSeq'),
    graphSeq: number('graphSeq'),
    factsPosition: position('factsPosition'),
    factsSeq: number('factsSeq'),
    lineageLinkSeq: number('lineageLinkSeq'),
    tallyPosition: position('tallyPosition'),
    tallySeq: number('tallySeq'),
  };
}

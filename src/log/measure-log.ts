import { acceptedAtMsOf, beforeAllEntries, type EntryId } from './entry-id.ts';
import type { LogKeys } from './log-keys.ts';
import type { RedisCall } from './redis/call-redis.ts';
import { asList, asNumber, asRecord, asText } from './redis/redis-reply.ts';

type Deps = { call: RedisCall; keys: LogKeys };

export async function countEntries({ call, keys }: Deps): Promise<number> {
  return asNumber(await call('XLEN', [keys.stream]));
}

/** About the memory that the stream takes; Redis samples it. */
export async function measureBytes({ call, keys }: Deps): Promise<number> {
  const reply = await call('MEMORY', ['USAGE', keys.stream, 'SAMPLES', 5]);
  return reply === null ? 0 : asNumber(reply);
}

export async function readOldestEntry({ call, keys }: Deps): Promise<{ id: EntryId; acceptedAtMs: number } | null> {
  const [entry] = asList(await call('XRANGE', [keys.stream, '-', '+', 'COUNT', 1]));
  if (entry === undefined) return null;
  const id = asText(asList(entry)[0]);
  return { id, acceptedAtMs: acceptedAtMsOf(id) };
}

/** Also right when the newest entries have been trimmed: the stream remembers the last id it gave. */
export async function readLastId({ call, keys }: Deps): Promise<EntryId> {
  if (asNumber(await call('EXISTS', [keys.stream])) === 0) return beforeAllEntries;
  const facts = asList(await call('XINFO', ['STREAM', keys.stream]));
  for (let at = 0; at + 1 < facts.length; at += 2) {
    if (asText(facts[at]) === 'last-generated-id') return asText(facts[at + 1]);
  }
  throw new TypeError('Redis did not say the last id of the stream');
}

export async function readLastSeq({ call, keys }: Deps): Promise<number> {
  const reply = await call('GET', [keys.seq]);
  return reply === null ? 0 : asNumber(reply);
}

/** Removes every entry below the id and no other, and says how many. */
export async function trimBelow({ call, keys }: Deps, id: EntryId): Promise<number> {
  return asNumber(await call('XTRIM', [keys.stream, 'MINID', '=', id], 10_000));
}

export type IdWindow = {
  /** An event at or after this time, its clock uncorrected, cannot repeat one that the door has forgotten. */
  startMs: number;
  /** Since when every accepted id is remembered; null before the first. */
  rememberedSinceMs: number | null;
};

export async function readIdWindow({ call, keys }: Deps): Promise<IdWindow> {
  const memory = asRecord(await call('HGETALL', [keys.memory]));
  const since = memory['rememberedSinceMs'];
  return {
    startMs: Number(memory['windowStartMs'] ?? 0),
    rememberedSinceMs: since === undefined ? null : Number(since),
  };
}

/** The accept number an id was given, while the door remembers it. */
export async function findSeqOfId({ call, keys }: Deps, eventId: string): Promise<number | null> {
  for (const key of keys.ids) {
    const value = await call('HGET', [key, eventId]);
    // Bytes 5 and 6 are the place in the entry, the last five the entry's first number.
    if (Buffer.isBuffer(value)) return value.readUIntBE(7, 5) + value.readUInt16LE(5);
  }
  return null;
}

import { decodeEntry, type LogEntry } from './decode-entry.ts';
import type { EntryId } from './entry-id.ts';
import type { LogKeys } from './log-keys.ts';
import { callerOf, type RedisCall } from './redis/call-redis.ts';
import type { RedisConnection } from './redis/connect-redis.ts';
import { asList } from './redis/redis-reply.ts';

export type ReadRequest = { after: EntryId; maxEntries: number; blockMs: number };

type ReaderDeps = { connect: () => Promise<RedisConnection>; keys: LogKeys; answerTimeoutMs: number };

// XREAD has a limit of entries only, so the number asked for follows the size of those seen last.
const targetBytes = 8_000_000;

export type EntryReader = { read(request: ReadRequest): Promise<LogEntry[]>; close(): void };

/** Reads on connections of their own, one for each reader that waits at the same time: a waiting read holds its line. */
export function openEntryReader({ connect, keys, answerTimeoutMs }: ReaderDeps): EntryReader {
  type Line = { redis: RedisConnection; call: RedisCall };
  const idle: Line[] = [];
  const all = new Set<RedisConnection>();
  let entryBytes = 1000;

  async function openLine(): Promise<Line> {
    const redis = await connect();
    all.add(redis);
    return { redis, call: callerOf(redis, answerTimeoutMs) };
  }

  async function read({ after, maxEntries, blockMs }: ReadRequest): Promise<LogEntry[]> {
    const line = idle.pop() ?? (await openLine());
    try {
      const count = Math.max(1, Math.min(maxEntries, Math.floor(targetBytes / entryBytes)));
      const waiting = blockMs > 0 ? ['BLOCK', blockMs] : [];
      const args = ['COUNT', count, ...waiting, 'STREAMS', keys.stream, after];
      const reply = await line.call('XREAD', args, blockMs + answerTimeoutMs);
      const entries = reply === null ? [] : asList(asList(asList(reply)[0])[1]).map(decodeEntry);
      if (entries.length > 0) entryBytes = meanBytes(entries);
      return entries;
    } finally {
      idle.push(line);
    }
  }

  return {
    read,
    close: () => {
      for (const redis of all) redis.disconnect();
    },
  };
}

function meanBytes(entries: LogEntry[]): number {
  let bytes = 0;
  for (const entry of entries) bytes += entry.rawBytes;
  return Math.max(1, bytes / entries.length);
}

type Deps = { call: RedisCall; keys: LogKeys };

export async function readEntry({ call, keys }: Deps, id: EntryId): Promise<LogEntry | null> {
  const [entry] = asList(await call('XRANGE', [keys.stream, id, id]));
  return entry === undefined ? null : decodeEntry(entry);
}

/** The entry that holds one accept number, or null where it has been trimmed or never was. */
export async function readEntryOfSeq({ call, keys }: Deps, seq: number): Promise<LogEntry | null> {
  const [reply] = asList(await call('XREVRANGE', [keys.stream, String(seq), '-', 'COUNT', 1]));
  if (reply === undefined) return null;
  const entry = decodeEntry(reply);
  return entry.lastSeq >= seq ? entry : null;
}

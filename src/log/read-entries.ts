import { decodeEntry, type LogEntry } from './decode-entry.ts';
import type { EntryId } from './entry-id.ts';
import type { LogKeys } from './log-keys.ts';
import { callerOf, type RedisCall } from './redis/call-redis.ts';
import type { RedisConnection } from './redis/connect-redis.ts';
import { asList } from './redis/redis-reply.ts';

export type ReadRequest = { after: EntryId; maxEntries: number; blockMs: number };

type ReaderDeps = { connect: () => Promise<RedisConnection>; keys: LogKeys; answerTimeoutMs: number };

// XREAD has a limit of entries only, and each may be as large as a request: so few are asked for at a time, until there
// are bytes enough. However the sizes change, one read stays below the target and one such step.
const targetBytes = 8_000_000;
const maxEntriesAStep = 32;
// A step of this size is answered in time by a Redis that is busy as well; one that is not makes the next one smaller.
const stepBytes = 1_000_000;

export type EntryReader = { read(request: ReadRequest): Promise<LogEntry[]>; close(): void };

/** Reads on connections of their own, one for each reader that waits at the same time: a waiting read holds its line. */
export function openEntryReader({ connect, keys, answerTimeoutMs }: ReaderDeps): EntryReader {
  type Line = { redis: RedisConnection; call: RedisCall };
  const idle: Line[] = [];
  const all = new Set<RedisConnection>();
  let entriesAStep = maxEntriesAStep;

  async function openLine(): Promise<Line> {
    const redis = await connect();
    all.add(redis);
    return { redis, call: callerOf(redis, answerTimeoutMs) };
  }

  async function read({ after, maxEntries, blockMs }: ReadRequest): Promise<LogEntry[]> {
    const line = idle.pop() ?? (await openLine());
    try {
      const entries: LogEntry[] = [];
      for (let bytes = 0; entries.length < maxEntries && bytes < targetBytes; ) {
        const maxStep = Math.min(entriesAStep, maxEntries - entries.length);
        const isFirst = entries.length === 0;
        const step = { after: entries.at(-1)?.id ?? after, maxEntries: maxStep, blockMs: isFirst ? blockMs : 0 };
        const found = await readStep(line, step);
        entries.push(...found);
        for (const entry of found) bytes += entry.rawBytes;
        if (found.length < maxStep) break;
      }
      return entries;
    } finally {
      idle.push(line);
    }
  }

  async function readStep({ call }: Line, { after, maxEntries, blockMs }: ReadRequest): Promise<LogEntry[]> {
    const waiting = blockMs > 0 ? ['BLOCK', blockMs] : [];
    const args = ['COUNT', maxEntries, ...waiting, 'STREAMS', keys.stream, after];
    const reply = await call('XREAD', args, blockMs + answerTimeoutMs).catch((fault: unknown) => {
      entriesAStep = Math.ceil(entriesAStep / 4);
      throw fault;
    });
    const found = reply === null ? [] : asList(asList(asList(reply)[0])[1]).map(decodeEntry);
    entriesAStep = fittingStep(found);
    return found;
  }

  return {
    read,
    close: () => {
      for (const redis of all) redis.disconnect();
    },
  };
}

/** As many entries of this size as a step may have. */
function fittingStep(found: readonly LogEntry[]): number {
  let bytes = 0;
  for (const entry of found) bytes += entry.rawBytes;
  const fitting = bytes === 0 ? maxEntriesAStep : Math.floor((stepBytes * found.length) / bytes);
  return Math.max(1, Math.min(maxEntriesAStep, fitting));
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

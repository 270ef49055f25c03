import { type AppendRequest, type AppendResult, append } from './append.ts';
import type { LogEntry } from './decode-entry.ts';
import type { EntryId } from './entry-id.ts';
import { findUnprojected, type Unprojected } from './find-unprojected.ts';
import { type KeptMinutes, keptMinutesOf } from './ledger/kept-minutes.ts';
import { type LedgerCheck, publishLedgerCheck, readLedgerCheck } from './ledger/ledger-check.ts';
import { logKeys } from './log-keys.ts';
import * as measure from './measure-log.ts';
import { type Holds, holdsOf } from './projector/hold.ts';
import { type PreparedRanges, preparedRangesOf } from './projector/prepared-range.ts';
import { type Progress, publishProgress, readProgress } from './projector/progress.ts';
import { type QualityDays, qualityDaysOf } from './quality-days.ts';
import { openEntryReader, type ReadRequest, readEntry, readEntryOfSeq } from './read-entries.ts';
import { type HeldMinute, readLastSeqBefore, readLedger } from './read-ledger.ts';
import { type RedisMemory, readMemory } from './read-memory.ts';
import { callerOf, type RedisCall } from './redis/call-redis.ts';
import { connectRedis, isConnected } from './redis/connect-redis.ts';

export type LogOptions = {
  url: string;
  prefix: string;
  idMemoryBytes: number;
  /** How long Redis may take to answer before a call is given up. */
  answerTimeoutMs: number;
  onError?: (error: Error) => void;
};

export type Log = QualityDays & {
  append(request: AppendRequest): Promise<AppendResult>;
  read(request: ReadRequest): Promise<LogEntry[]>;
  readEntry(id: EntryId): Promise<LogEntry | null>;
  readEntryOfSeq(seq: number): Promise<LogEntry | null>;
  findSeqOfId(eventId: string): Promise<number | null>;
  length(): Promise<number>;
  bytes(): Promise<number>;
  memory(): Promise<RedisMemory>;
  unprojected(): Promise<Unprojected>;
  oldestEntry(): Promise<{ id: EntryId; acceptedAtMs: number } | null>;
  lastId(): Promise<EntryId>;
  lastSeq(): Promise<number>;
  trimBelow(id: EntryId): Promise<number>;
  idWindow(): Promise<measure.IdWindow>;
  readLedger(range: { fromMs: number; toMs: number }): Promise<HeldMinute[]>;
  keptMinutes: KeptMinutes;
  publishLedgerCheck(found: LedgerCheck): Promise<void>;
  readLedgerCheck(): Promise<LedgerCheck | null>;
  lastSeqBefore(momentMs: number): Promise<number>;
  publishProgress(fields: Partial<Progress>): Promise<void>;
  readProgress(): Promise<Progress>;
  projectors: PreparedRanges;
  holds: Holds;
  ping(): Promise<void>;
  isConnected(): boolean;
  close(): void;
};

// A client waits behind this one, so a dead line is given up sooner than the others.
const doorSilenceMs = 4000;

/** The log on Redis. Appends have a line of their own, so that no slow read stands before an answer to a client. */
export async function openLog({ url, prefix, idMemoryBytes, answerTimeoutMs, onError }: LogOptions): Promise<Log> {
  const connect = (name: string, silentForMs?: number) =>
    connectRedis({ url, name, ...(silentForMs ? { silentForMs } : {}), ...(onError ? { onError } : {}) });
  const keys = logKeys(prefix);
  const [door, side] = await Promise.all([connect('sharetrail-door', doorSilenceMs), connect('sharetrail-log')]);
  const reader = openEntryReader({ connect: () => connect('sharetrail-reader'), keys, answerTimeoutMs });
  const appending = { call: callerOf(door, answerTimeoutMs), keys, idMemoryBytes };
  return {
    append: (request) => append(appending, request),
    ping: async () => void (await appending.call('PING', [])),
    isConnected: () => isConnected(door),
    read: reader.read,
    ...sideCalls(callerOf(side, answerTimeoutMs), keys),
    close: () => {
      reader.close();
      door.disconnect();
      side.disconnect();
    },
  };
}

type SideCalls = Omit<Log, 'append' | 'ping' | 'isConnected' | 'read' | 'close'>;

function sideCalls(call: RedisCall, keys: ReturnType<typeof logKeys>): SideCalls {
  const deps = { call, keys };
  return {
    readEntry: (id) => readEntry(deps, id),
    readEntryOfSeq: (seq) => readEntryOfSeq(deps, seq),
    findSeqOfId: (eventId) => measure.findSeqOfId(deps, eventId),
    length: () => measure.countEntries(deps),
    bytes: () => measure.measureBytes(deps),
    memory: () => readMemory(deps),
    unprojected: () => findUnprojected(deps),
    oldestEntry: () => measure.readOldestEntry(deps),
    lastId: () => measure.readLastId(deps),
    lastSeq: () => measure.readLastSeq(deps),
    trimBelow: (id) => measure.trimBelow(deps, id),
    idWindow: () => measure.readIdWindow(deps),
    readLedger: (range) => readLedger(deps, range),
    ...qualityDaysOf(deps),
    keptMinutes: keptMinutesOf(deps),
    publishLedgerCheck: (found) => publishLedgerCheck(deps, found),
    readLedgerCheck: () => readLedgerCheck(deps),
    lastSeqBefore: (momentMs) => readLastSeqBefore(deps, momentMs),
    publishProgress: (fields) => publishProgress(deps, fields),
    readProgress: () => readProgress(deps),
    projectors: preparedRangesOf(deps),
    holds: holdsOf(deps),
  };
}

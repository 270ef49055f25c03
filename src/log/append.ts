import type { LogKeys } from './log-keys.ts';
import type { RedisCall } from './redis/call-redis.ts';
import { asList, asNumber, asText } from './redis/redis-reply.ts';
import { readScript, runScript } from './redis/run-script.ts';

export type AppendRequest = {
  /** Ids of the candidates in item order, as a JSON list: `packIds` makes it. */
  ids: Buffer;
  /** One record for each candidate, see entry-records.ts. */
  records: Buffer;
  /** The candidates' own bytes, joined by commas. */
  body: Buffer;
  /** By this door's clock; the log may use a little later time, see AppendResult. */
  acceptedAtMs: number;
  /** Items of the same request that were refused before they came here; they are counted in the same step. */
  rejected: number;
  maxTimestampMs: number;
  /** Little-endian 16-bit group a candidate: items of one group would create the same post. Empty where none do. */
  groups: Buffer;
};

export type ItemStatus = 'accepted' | 'duplicate' | 'conflict' | 'postIdTaken';

export type AppendResult = {
  entryId: string | null;
  firstSeq: number;
  accepted: number;
  /** Null where every candidate was accepted. */
  statuses: ItemStatus[] | null;
  windowStartMs: number;
  /** The time that counts: never before that of the entry before, however the doors' clocks differ (up to a minute). */
  acceptedAtMs: number;
  /** Where nothing was accepted: the highest accept number among the originals of the repeats, 0 where there were none. */
  originalSeq: number;
};

export function packIds(ids: string[]): Buffer {
  return Buffer.from(JSON.stringify(ids));
}

export function readIds({ ids }: AppendRequest): string[] {
  return asList(JSON.parse(ids.toString())).map(asText);
}

type Deps = { call: RedisCall; keys: LogKeys; idMemoryBytes: number };

const script = readScript('append-entry.lua');
const statusByLetter: Record<string, ItemStatus> = { a: 'accepted', d: 'duplicate', c: 'conflict', p: 'postIdTaken' };

export async function append({ call, keys, idMemoryBytes }: Deps, request: AppendRequest): Promise<AppendResult> {
  const reply = await runScript(
    call,
    script,
    [keys.stream, keys.seq, keys.memory, ...keys.ids, keys.ledgerMinutes],
    [
      request.ids,
      request.records,
      request.body,
      request.acceptedAtMs,
      // The script decides the minute, because it decides the time.
      keys.ledger(''),
      request.rejected,
      idMemoryBytes,
      request.maxTimestampMs,
      request.groups,
    ],
  );
  return readAnswer(asList(reply));
}

function readAnswer(reply: unknown[]): AppendResult {
  const firstSeq = asNumber(reply[0]);
  const accepted = asNumber(reply[1]);
  const letters = asText(reply[2]);
  const acceptedAtMs = asNumber(reply[4]);
  return {
    entryId: accepted > 0 ? `${firstSeq}-${acceptedAtMs}` : null,
    firstSeq,
    accepted,
    statuses: letters === '' ? null : Array.from(letters, (letter) => statusByLetter[letter] ?? 'conflict'),
    windowStartMs: asNumber(reply[3]),
    acceptedAtMs,
    originalSeq: asNumber(reply[5]),
  };
}

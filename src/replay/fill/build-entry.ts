import { LogEntry } from '../../log/decode-entry.ts';
import { recordBytes, writeRecord } from '../../log/entry-records.ts';

/** One accepted event, with the bytes that stand for what its sender sent. */
export type RawItem = {
  seq: number;
  acceptedAtMs: number;
  timestampMs: number;
  digest: number;
  bytes: Buffer;
  /** The door may have let it through a second time: whoever reads it asks what was decided. */
  mayBeLate: boolean;
};

/** `cuts`: accept numbers after which an entry ends in any case, because an earlier try ended there. */
export type CutLimits = { maxItems: number; cuts: ReadonlySet<number> };

/**
 * Entries as the log had them: a run of accept numbers that were accepted at one moment. Where a run begins does not
 * depend on how it was read, so that a second try cuts alike.
 */
export function buildEntries(items: readonly RawItem[], { maxItems, cuts }: CutLimits): LogEntry[] {
  const entries: LogEntry[] = [];
  let run: RawItem[] = [];
  for (const item of items) {
    const before = run.at(-1);
    const goesOn =
      before !== undefined &&
      run.length < maxItems &&
      item.seq === before.seq + 1 &&
      !cuts.has(before.seq) &&
      item.acceptedAtMs === before.acceptedAtMs;
    if (!goesOn && run.length > 0) {
      entries.push(buildEntry(run));
      run = [];
    }
    run.push(item);
  }
  if (run.length > 0) entries.push(buildEntry(run));
  return entries;
}

function buildEntry(run: readonly RawItem[]): LogEntry {
  const [first] = run;
  if (first === undefined) throw new Error('an entry holds at least one event');
  const records = Buffer.alloc(run.length * recordBytes);
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  for (const [place, { timestampMs, digest, bytes, mayBeLate }] of run.entries()) {
    // Of an entry whose window begins before everything, only what was corrected may be late.
    writeRecord(view, place, { timestampMs, digest, corrected: mayBeLate, length: bytes.length });
  }
  const body = joinBytes(run.map(({ bytes }) => bytes));
  const fields = new Map([
    ['w', Buffer.from('0')],
    ['r', records],
    ['b', body],
  ]);
  return new LogEntry(`${first.seq}-${first.acceptedAtMs}`, fields);
}

function joinBytes(parts: readonly Buffer[]): Buffer {
  const comma = Buffer.from(',');
  return Buffer.concat(parts.flatMap((bytes, place) => (place === 0 ? [bytes] : [comma, bytes])));
}

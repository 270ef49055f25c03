import { acceptedAtMsOf, firstSeqOf } from './entry-id.ts';
import { readRecord, recordBytes } from './entry-records.ts';
import { asBytes, asList, asText } from './redis/redis-reply.ts';

export type LogItem = {
  seq: number;
  /** The event's time, corrected where the client's clock was off. */
  timestampMs: number;
  digest: number;
  bytes: Buffer;
  /** The door may have forgotten an earlier event of this id: to be checked against all facts before it is stored. */
  mayBeLate: boolean;
};

/** One accepted request. The items are cut out of `body` (their bytes joined by commas) only when somebody asks. */
export class LogEntry {
  readonly id: string;
  readonly acceptedAtMs: number;
  readonly firstSeq: number;
  readonly windowStartMs: number;
  readonly count: number;
  readonly body: Buffer;
  readonly #records: Buffer;
  #items: LogItem[] | undefined;

  constructor(id: string, fields: Map<string, Buffer>) {
    this.id = id;
    this.acceptedAtMs = acceptedAtMsOf(id);
    this.firstSeq = firstSeqOf(id);
    this.windowStartMs = Number(asText(fields.get('w')));
    this.body = asBytes(fields.get('b'));
    this.#records = asBytes(fields.get('r'));
    this.count = this.#records.length / recordBytes;
  }

  get lastSeq(): number {
    return this.firstSeq + this.count - 1;
  }

  get rawBytes(): number {
    return this.body.length + this.#records.length;
  }

  get items(): LogItem[] {
    this.#items ??= this.#cutItems();
    return this.#items;
  }

  /** The items in whose bytes one of these words stands, found without looking at the others one by one. */
  itemsNaming(words: readonly string[]): LogItem[] {
    const found = new Set<LogItem>();
    for (const word of words) {
      let at = this.body.indexOf(word);
      let end = 0;
      for (const item of this.items) {
        if (at < 0) break;
        end += item.bytes.length + 1;
        if (at >= end) continue;
        found.add(item);
        at = this.body.indexOf(word, end);
      }
    }
    return [...found].sort((one, other) => one.seq - other.seq);
  }

  /** All items parsed at once, in order; what they hold was checked at the door. */
  parseItems(): unknown[] {
    const values: unknown = JSON.parse(`[${this.body.toString()}]`);
    return asList(values);
  }

  #cutItems(): LogItem[] {
    const items: LogItem[] = [];
    let at = 0;
    for (let place = 0; place < this.count; place += 1) {
      const { timestampMs, digest, corrected, length } = readRecord(this.#records, place);
      const bytes = this.body.subarray(at, at + length);
      // A corrected time moves with the moment of sending, so it cannot tell whether the first sending was long ago.
      const mayBeLate = corrected || timestampMs < this.windowStartMs;
      items.push({ seq: this.firstSeq + place, timestampMs, digest, bytes, mayBeLate });
      at += length + 1;
    }
    return items;
  }
}

/** One `[id, [name, value, ...]]` of a stream reply. */
export function decodeEntry(reply: unknown): LogEntry {
  const [id, flat] = asList(reply);
  const parts = asList(flat);
  const fields = new Map<string, Buffer>();
  for (let at = 0; at + 1 < parts.length; at += 2) fields.set(asText(parts[at]), asBytes(parts[at + 1]));
  return new LogEntry(asText(id), fields);
}

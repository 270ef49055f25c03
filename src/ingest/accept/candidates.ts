import { recordBytes, writeRecord } from '../../log/entry-records.ts';

export type Candidate = {
  index: number;
  eventId: string;
  timestampMs: number;
  corrected: boolean;
  digest: number;
  length: number;
  /** Items of one group would create the same post; 0 is no group. */
  group: number;
};

/**
 * The items that passed every check of their own, in columns: what waits for the log is a few buffers, not thousands of
 * objects that the garbage collector would carry along.
 */
export class Candidates {
  readonly indexes: Uint32Array;
  readonly ids: string[] = [];
  readonly #records: Buffer;
  readonly #groups: Buffer;
  readonly #view: DataView;
  maxTimestampMs = 0;

  constructor(room: number) {
    this.indexes = new Uint32Array(room);
    this.#records = Buffer.allocUnsafe(room * recordBytes);
    this.#groups = Buffer.allocUnsafe(room * 2);
    this.#view = new DataView(this.#records.buffer, this.#records.byteOffset, this.#records.length);
  }

  get count(): number {
    return this.ids.length;
  }

  get records(): Buffer {
    return this.#records.subarray(0, this.count * recordBytes);
  }

  get groups(): Buffer {
    return this.#groups.subarray(0, this.count * 2);
  }

  add(candidate: Candidate): void {
    const place = this.ids.length;
    this.ids.push(candidate.eventId);
    this.indexes[place] = candidate.index;
    writeRecord(this.#view, place, candidate);
    this.#groups.writeUInt16LE(candidate.group, place * 2);
    if (candidate.timestampMs > this.maxTimestampMs) this.maxTimestampMs = candidate.timestampMs;
  }
}

import { recordBytes, writeRecord } from '../../log/entry-records.ts';
import { correctionOf, placeOf } from '../quality/gather-quality.ts';

export type Candidate = {
  index: number;
  eventId: string;
  eventName: string;
  timestampMs: number;
  corrected: boolean;
  /** How far its time was moved by the client's own clock; 0 where it was not. */
  correctedMs: number;
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
  readonly #names: Uint16Array;
  readonly #corrections: Uint8Array;
  readonly #records: Buffer;
  readonly #groups: Buffer;
  readonly #view: DataView;
  maxTimestampMs = 0;

  constructor(room: number) {
    this.indexes = new Uint32Array(room);
    this.#names = new Uint16Array(room);
    this.#corrections = new Uint8Array(room);
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

  /** What the counts of quality need to know of each, see quality/gather-quality.ts. */
  get traits(): { names: Uint16Array; corrections: Uint8Array } {
    return { names: this.#names.subarray(0, this.count), corrections: this.#corrections.subarray(0, this.count) };
  }

  add(candidate: Candidate): void {
    const place = this.ids.length;
    this.ids.push(candidate.eventId);
    this.indexes[place] = candidate.index;
    this.#names[place] = placeOf(candidate.eventName);
    this.#corrections[place] = correctionOf(candidate.correctedMs);
    writeRecord(this.#view, place, candidate);
    this.#groups.writeUInt16LE(candidate.group, place * 2);
    if (candidate.timestampMs > this.maxTimestampMs) this.maxTimestampMs = candidate.timestampMs;
  }
}

/**
 * One fixed-width record an item, all little-endian: corrected time (8 bytes), digest (6), place in the entry (2), length
 * of its bytes (4, the top bit tells that the time was corrected). The id memory takes its part straight out of it.
 */
export const recordBytes = 20;

const correctedBit = 0x8000_0000;
const twoTo32 = 4_294_967_296;
const twoTo48 = 281_474_976_710_656;

export type ItemRecord = { timestampMs: number; digest: number; corrected: boolean; length: number };

export function writeRecord(view: DataView, place: number, record: ItemRecord): void {
  const at = place * recordBytes;
  view.setFloat64(at, record.timestampMs, true);
  view.setUint32(at + 8, record.digest, true);
  view.setUint16(at + 12, Math.floor(record.digest / twoTo32), true);
  view.setUint16(at + 14, place, true);
  view.setUint32(at + 16, record.corrected ? record.length + correctedBit : record.length, true);
}

export function readRecord(records: Buffer, place: number): ItemRecord {
  const at = place * recordBytes;
  const lengthAndBit = records.readUInt32LE(at + 16);
  const corrected = lengthAndBit >= correctedBit;
  return {
    timestampMs: records.readDoubleLE(at),
    digest: records.readUIntLE(at + 8, 6),
    corrected,
    length: corrected ? lengthAndBit - correctedBit : lengthAndBit,
  };
}

/** The corrected time alone. */
export function timestampOf(records: Buffer, place: number): number {
  return records.readDoubleLE(place * recordBytes);
}

/** The part of a digest that the log keeps. */
export function keptDigest(digest: number): number {
  return digest % twoTo48;
}

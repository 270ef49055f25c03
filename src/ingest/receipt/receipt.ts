import { crc32 } from 'node:zlib';

/**
 * What one request put into the log: accept numbers `firstSeq` to `firstSeq + count - 1`, in one entry. With a count of 0
 * nothing was new, and `firstSeq` is the highest accept number among the originals of its repeats (0: there were none).
 */
export type Receipt = { firstSeq: number; acceptedAtMs: number; count: number };

const receiptBytes = 20;
const checkedBytes = 16;

/** Opaque to clients: 6 bytes first number, 6 bytes time, 4 bytes count, 4 bytes check sum. */
export function writeReceipt({ firstSeq, acceptedAtMs, count }: Receipt): string {
  const bytes = Buffer.alloc(receiptBytes);
  bytes.writeUIntBE(firstSeq, 0, 6);
  bytes.writeUIntBE(acceptedAtMs, 6, 6);
  bytes.writeUInt32BE(count, 12);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, checkedBytes)), checkedBytes);
  return bytes.toString('base64url');
}

/** Null for anything that this service did not hand out. */
export function parseReceipt(text: string): Receipt | null {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== receiptBytes || bytes.toString('base64url') !== text) return null;
  if (crc32(bytes.subarray(0, checkedBytes)) !== bytes.readUInt32BE(checkedBytes)) return null;
  return { firstSeq: bytes.readUIntBE(0, 6), acceptedAtMs: bytes.readUIntBE(6, 6), count: bytes.readUInt32BE(12) };
}

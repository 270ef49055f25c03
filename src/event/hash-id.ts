const positive = 0x7fff_ffff;

/**
 * Two independent 31-bit hashes of an id's UTF-8 bytes that ClickHouse computes alike:
 * `bitAnd(murmurHash3_32(id), 0x7fffffff)` and `bitAnd(CRC32(id), 0x7fffffff)`.
 */
export function hashId(id: string): { h1: number; h2: number } {
  const text = toByteText(id);
  return { h1: murmurHash3(text) & positive, h2: cyclicRedundancy(text) & positive };
}

/** A text with one character a byte. Most ids are ASCII and are that already; a loop over a Buffer costs far more. */
function toByteText(id: string): string {
  for (let at = 0; at < id.length; at += 1) {
    if (id.charCodeAt(at) > 0x7f) return Buffer.from(id, 'utf8').toString('latin1');
  }
  return id;
}

/** MurmurHash3_x86_32 with seed 0, by Austin Appleby (smhasher, public domain). */
function murmurHash3(text: string): number {
  const length = text.length;
  const whole = length & ~3;
  let hash = 0;
  for (let at = 0; at < whole; at += 4) {
    hash ^= mixBlock(readBlock(text, at, 4));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe654_6b64) | 0;
  }
  if (whole < length) hash ^= mixBlock(readBlock(text, whole, length - whole));
  return avalanche(hash ^ length);
}

function readBlock(text: string, at: number, size: number): number {
  let block = 0;
  for (let index = size - 1; index >= 0; index -= 1) block = (block << 8) | text.charCodeAt(at + index);
  return block;
}

function mixBlock(block: number): number {
  const mixed = Math.imul(block, 0xcc9e_2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b87_3593);
}

function avalanche(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}

const remainders = Int32Array.from({ length: 256 }, (_, byte) => remainderOf(byte));

function remainderOf(byte: number): number {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb8_8320 : remainder >>> 1;
  return remainder;
}

/** The CRC-32 of zlib and ClickHouse. zlib's own, called across the border for twenty bytes, is ten times slower. */
function cyclicRedundancy(text: string): number {
  let rest = -1;
  for (let at = 0; at < text.length; at += 1) {
    rest = (remainders[(rest ^ text.charCodeAt(at)) & 0xff] ?? 0) ^ (rest >>> 8);
  }
  return ~rest;
}

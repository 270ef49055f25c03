const digits = '0123456789abcdefghjkmnpqrstvwxyz';
const pairs = Array.from({ length: 1_024 }, (_, value) => `${digits[value >>> 5]}${digits[value & 31]}`);

/** A 32-bit number as the seven characters that ids end in (Crockford's base 32; `toString(36)` takes five times as long). */
export function printTail(number: number): string {
  return `${pairs[number >>> 22]}${pairs[(number >>> 12) & 1_023]}${pairs[(number >>> 2) & 1_023]}${digits[number & 3]}`;
}

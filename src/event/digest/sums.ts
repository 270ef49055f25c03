/** Two 32-bit sums. Every field adds the hash of its name and value, so that the order of fields does not matter. */
export type Sums = { high: number; low: number };

/** A number that stands for a field's name; nested names build on their parent's. */
export function seedOf(name: string, parent = 0): number {
  let seed = parent ^ 0x9e37_79b9;
  for (let at = 0; at < name.length; at += 1) seed = Math.imul(seed ^ name.charCodeAt(at), 0x0100_0193);
  return Math.imul(seed ^ (seed >>> 15), 0x2c1b_3c6d) ^ (seed >>> 13);
}

// The two lanes and their final mixing are cyrb53 (bryc, public domain), which is fast on short texts in JavaScript.
export function addText(sums: Sums, seed: number, text: string): void {
  let high = 0xdead_beef ^ seed;
  let low = 0x41c6_ce57 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x9e37_79b1);
    low = Math.imul(low ^ unit, 0x5f35_6495);
  }
  addMixed(sums, high, low);
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

export function addNumber(sums: Sums, seed: number, value: number): void {
  // Adding zero makes -0 and 0 one number, as they are in JSON for everyone else.
  float[0] = value + 0;
  addWords(sums, seed, { first: words[0] ?? 0, second: words[1] ?? 0 });
}

export function addFlag(sums: Sums, seed: number, value: boolean): void {
  addWords(sums, seed, value ? yes : no);
}

type Words = { first: number; second: number };

// Bit patterns that no finite number has, so that true and 1 differ.
const yes: Words = { first: 1, second: 0xffff_ffff };
const no: Words = { first: 0, second: 0xffff_ffff };

function addWords(sums: Sums, seed: number, { first, second }: Words): void {
  let high = Math.imul(0xdead_beef ^ seed ^ first, 0x9e37_79b1);
  let low = Math.imul(0x41c6_ce57 ^ seed ^ first, 0x5f35_6495);
  high = Math.imul(high ^ (high >>> 15) ^ second, 0x9e37_79b1);
  low = Math.imul(low ^ (low >>> 13) ^ second, 0x5f35_6495);
  addMixed(sums, high, low);
}

function addMixed(sums: Sums, high: number, low: number): void {
  let first = Math.imul(high ^ (high >>> 16), 0x85eb_ca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2_ae35);
  let second = Math.imul(low ^ (low >>> 16), 0x85eb_ca6b) ^ Math.imul(first ^ (first >>> 13), 0xc2b2_ae35);
  first = Math.imul(first ^ (first >>> 16), 0x45d9_f3b5);
  second ^= second >>> 16;
  sums.high = (sums.high + first) | 0;
  sums.low = (sums.low + second) | 0;
}

/** 52 of the 64 bits, so that the digest is a whole number JavaScript and JSON hold exactly. */
export function finishSums({ high, low }: Sums): number {
  return (high & 0x000f_ffff) * 0x1_0000_0000 + (low >>> 0);
}

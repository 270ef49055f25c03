export type Random = () => number;

/** The finalizer of MurmurHash3: every 32-bit number goes to another one, and no two go to the same. */
export function mix32(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), its state filled from the seed: the same seed gives the same numbers for ever. */
export function seededRandom(seed: number): Random {
  let a = mix32(seed);
  let b = mix32(Math.floor(seed / 4_294_967_296) ^ 0x9e3779b9);
  let c = mix32(a + 0x3c6ef372);
  let count = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  // The first numbers of near seeds resemble each other until the state has been stirred.
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

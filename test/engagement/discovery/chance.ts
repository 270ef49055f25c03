/** Choices that come out the same for the same seed (mulberry32). */
export type Chance = {
  below(limit: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
  isOnceIn(times: number): boolean;
};

export function openChance(seed: number): Chance {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
  return {
    below,
    pick: (values) => values[below(values.length)] ?? values[0],
    isOnceIn: (times) => below(times) === 0,
  };
}

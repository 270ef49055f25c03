import type { Random } from './random.ts';

export function chance(random: Random, probability: number): boolean {
  return random() < probability;
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random());
}

/** Box and Muller's method, one of its two values. */
export function logNormal(random: Random, median: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}

/** Knuth's method for small means; beyond them the normal approximation, which is close enough for a demo. */
export function poisson(random: Random, mean: number): number {
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

type Weighted = readonly [{ readonly weight: number }, ...(readonly { readonly weight: number }[])];

/** One of the values, each as likely as its weight says. */
export function pickWeighted<const Values extends Weighted>(random: Random, values: Values): Values[number] {
  let total = 0;
  for (const { weight } of values) total += weight;
  let left = random() * total;
  for (const value of values) {
    left -= value.weight;
    if (left < 0) return value;
  }
  return values[0];
}

export function pickOne<const Value>(random: Random, values: readonly [Value, ...(readonly Value[])]): Value {
  return values[Math.floor(random() * values.length)] ?? values[0];
}

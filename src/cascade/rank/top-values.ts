/** What is asked of an order: so many of the greatest values, those after one already seen. */
export type Cut = { limit: number; after: number | null };

/**
 * The places of the greatest values among the candidates, in falling order, equal ones in the order of their places.
 * Where the last of them ties with others all of those come along, and so do all that equal `after`: only their ids,
 * which are not known here, tell them apart.
 */
export function topValues(values: Float64Array, candidates: Uint32Array, { limit, after }: Cut): Uint32Array {
  const valueAt = (place: number) => values[place] ?? 0;
  const bound = after ?? Number.POSITIVE_INFINITY;
  const equal = after === null ? new Uint32Array(0) : candidates.filter((place) => valueAt(place) === bound);
  const below = after === null ? candidates : candidates.filter((place) => valueAt(place) < bound);
  const least = leastOfTop(Float64Array.from(below, valueAt), limit);
  const above = below.filter((place) => valueAt(place) > least);
  above.sort((left, right) => valueAt(right) - valueAt(left));
  // The tied ones can be a whole cascade; they are in order already.
  return joined([equal, above, below.filter((place) => valueAt(place) === least)]);
}

/** The value that the limit-th greatest has; the least of all where there are fewer. */
function leastOfTop(values: Float64Array, limit: number): number {
  const sorted = values.sort();
  return sorted[Math.max(0, sorted.length - limit)] ?? Number.NEGATIVE_INFINITY;
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

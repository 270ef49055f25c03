/** Reads something once for all who ask under one key, and again when it is too old. */
export type Remembered<T> = (key: string, read: () => Promise<T>) => Promise<T>;

/** Holds the keys last read, so many at most. What failed is not remembered. */
export function remember<T>({ most, maxAgeMs }: { most: number; maxAgeMs: number }): Remembered<T> {
  const held = new Map<string, { readAt: number; value: Promise<T> }>();
  return (key, read) => {
    const now = performance.now();
    const known = held.get(key);
    if (known !== undefined && now - known.readAt < maxAgeMs) return known.value;
    held.delete(key);
    const value = read();
    held.set(key, { readAt: now, value });
    value.catch(() => held.delete(key));
    const [oldest] = held.keys();
    if (held.size > most && oldest !== undefined) held.delete(oldest);
    return value;
  };
}

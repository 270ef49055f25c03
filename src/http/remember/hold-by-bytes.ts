/** Values by key, those used least recently given up first where there would be more bytes than allowed. */
export type HeldByBytes<Value> = {
  get(key: string): Value | undefined;
  /** Says how many others had to go. What is larger than everything allowed is not held. */
  set(key: string, value: Value, bytes: number): number;
  bytes(): number;
};

export function holdByBytes<Value>(maxBytes: number): HeldByBytes<Value> {
  // A map keeps the order in which keys came in, so the first is the one used least recently.
  const held = new Map<string, { value: Value; bytes: number }>();
  let total = 0;

  function remove(key: string): void {
    total -= held.get(key)?.bytes ?? 0;
    held.delete(key);
  }

  return {
    get: (key) => {
      const found = held.get(key);
      if (found === undefined) return undefined;
      held.delete(key);
      held.set(key, found);
      return found.value;
    },
    set: (key, value, bytes) => {
      remove(key);
      if (bytes > maxBytes) return 0;
      held.set(key, { value, bytes });
      total += bytes;
      let evicted = 0;
      for (const [oldest] of held) {
        if (total <= maxBytes) break;
        remove(oldest);
        evicted += 1;
      }
      return evicted;
    },
    bytes: () => total,
  };
}

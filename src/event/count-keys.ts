/** The number of object keys in a parsed JSON value, at any depth. A text with more colons than this repeats a key. */
export function countKeys(value: unknown): number {
  let keys = 0;
  const open: unknown[] = [value];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    const inner: unknown[] = Object.values(at);
    if (!Array.isArray(at)) keys += inner.length;
    for (const one of inner) if (typeof one === 'object' && one !== null) open.push(one);
  }
  return keys;
}

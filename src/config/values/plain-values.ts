/** A variable that is empty is one that is not set. */
export function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== '');
  return Object.fromEntries(entries.map(([key, item]) => [key, isPlain(item) ? withoutUndefined(item) : item]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function deepFreeze<T extends object>(value: T): T {
  for (const item of Object.values(value)) if (typeof item === 'object' && item !== null) deepFreeze(item);
  return Object.freeze(value);
}

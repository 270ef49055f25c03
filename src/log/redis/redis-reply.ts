// What a reply holds is checked where it comes in; anything else is a fault of the code or of the server.

export function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError('Redis answered something else than a list');
}

export function asNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  const number = Number(asText(value));
  if (Number.isFinite(number)) return number;
  throw new TypeError('Redis answered something else than a number');
}

export function asBytes(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  throw new TypeError('Redis answered something else than bytes');
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : asBytes(value).toString();
}

/** A hash's reply (name, value, name, value ...) as one record of texts. */
export function asRecord(value: unknown): Record<string, string> {
  const flat = asList(value);
  const record: Record<string, string> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) record[asText(flat[at])] = asText(flat[at + 1]);
  return record;
}

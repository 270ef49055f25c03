/** Times and marks that are others in every run; a page shows them as three dots. */
const changing = new Set([
  'asOf',
  'lastReconciledAt',
  'measuredAsOf',
  'receipt',
  'requestId',
  'next',
  'receivedOn',
  'firstDay',
  'lastDay',
]);

/** JSON for reading: a line a field, and a line an element where the elements are objects. */
export function layOutJson(text: string): string {
  return `${layOut(mask(JSON.parse(text)), '')}\n`;
}

function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    changing.has(key) && item !== null ? '...' : mask(item),
  ]);
  return Object.fromEntries(entries);
}

const widest = 110;

function layOut(value: unknown, indent: string): string {
  const line = oneLine(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= widest) return line;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => deeper + layOut(item, deeper)).join(',\n')}\n${indent}]`;
  const fields = Object.entries(value).map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${layOut(item, deeper)}`);
  return `{\n${fields.join(',\n')}\n${indent}}`;
}

function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

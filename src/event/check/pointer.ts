/** A key longer than this is cut in an answer: what was refused is not sent back whole. */
const maxKeyLength = 128;

/** An RFC 6901 JSON pointer. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${escapeKey(String(key))}`).join('');
}

function escapeKey(key: string): string {
  const cut = key.length > maxKeyLength ? `${key.slice(0, maxKeyLength)}…` : key;
  return cut.replaceAll('~', '~0').replaceAll('/', '~1');
}

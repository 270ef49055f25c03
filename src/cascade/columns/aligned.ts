/** Values stand at any offset in an answer of the engine; typed arrays need them at a multiple of their width. */
export function aligned(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}

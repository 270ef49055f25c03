import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

type Check = (partial: string) => Promise<void>;

/** Writes a file beside its place and puts it there once it is whole and has passed; what was there before stays until then. */
export async function writeWhole(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  check: Check = async () => undefined,
): Promise<void> {
  const partial = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await pipeline(pieces, createWriteStream(partial, { flags: 'wx', flush: true }));
    await check(partial);
    await rename(partial, path);
  } catch (fault) {
    await rm(partial, { force: true });
    throw fault;
  }
}

/** The same pieces, counted as they pass. */
export async function* countBytes(
  pieces: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    onBytes(bytes);
    yield piece;
  }
}

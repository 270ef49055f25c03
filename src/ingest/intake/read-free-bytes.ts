import { statfs } from 'node:fs/promises';

/** What a process without special rights can still write to the disk that holds this folder. */
export async function readFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

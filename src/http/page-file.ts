import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export type PageFile = { contentType: string; bytes: Buffer };

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** One file of a page, read at start, so that a missing one is seen then. */
export function readPageFile(folder: string, name: string): PageFile {
  const contentType = contentTypes[extname(name)] ?? 'application/octet-stream';
  return { contentType, bytes: readFileSync(join(folder, name)) };
}

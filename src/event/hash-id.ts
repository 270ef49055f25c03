import { crc32 } from 'node:zlib';
export function hashId(id: string): { h1: number; h2: number } {
  const h = crc32(id) & 0x7fffffff;
  return { h1: h, h2: h };
}

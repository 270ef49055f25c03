import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { LineageOf } from './messages.ts';

export const loadColumnsStatement = statement('clickhouse/cascade/load-columns.sql', {
  params: z.object({ rootId: z.string(), generation: z.number(), from: z.number(), to: z.number() }),
  row: z.object({
    seq: z.number(),
    parentSeq: z.number(),
    depth: z.number(),
    timeMs: z.number(),
    accountOrd: z.number(),
  }),
});

/** One answer is held whole while it is read, so a large cascade comes in several: 6 MB each. */
const rowsPerRead = 250_000;

export type LoadDeps = { facts: Pick<Facts, 'selectStream'> };
type Stretch = { from: number; posts: number };
type Take = (from: number, pieces: Array<Uint8Array<ArrayBuffer>>) => Promise<number>;

/**
 * Reads the rows of a cascade from one place up to so many posts and hands them on as they came, in pieces; `take` tells
 * how many the cascade has then. Lineage may for a moment hold fewer than were announced.
 */
export async function loadRows(
  { facts }: LoadDeps,
  of: LineageOf,
  { from, posts }: Stretch,
  take: Take,
): Promise<number> {
  let held = from;
  while (held < posts) {
    const to = Math.min(posts, held + rowsPerRead);
    const { rootId, generation } = of;
    const asked = { rootId, generation, from: held, to };
    const pieces: Array<Uint8Array<ArrayBuffer>> = [];
    for await (const piece of facts.selectStream(loadColumnsStatement, asked, { format: 'Native', settings: {} })) {
      pieces.push(ownBytes(piece));
    }
    held = await take(held, pieces);
    if (held < to) break;
  }
  return held;
}

/** A piece that shares its memory with others cannot be given away. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return isOwn ? new Uint8Array(buffer) : Uint8Array.from(bytes);
}

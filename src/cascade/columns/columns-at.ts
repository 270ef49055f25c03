import { type Columns, createColumns } from './columns.ts';

/** A cascade as it was at a time, and for each of its rows the `seq` that the post has in the whole cascade. */
export type ColumnsAt = { columns: Columns; origin: Uint32Array };

/**
 * The posts that were there at a time: made by then, as were all posts above them. What was made by then but shared
 * from a post that came later would still have waited, as it would if only the events up to then were known.
 */
export function columnsAt(whole: Columns, atMs: number): ColumnsAt {
  const placeOf = placesAt(whole, atMs);
  const columns = createColumns(Math.max(1, placeOf.count));
  const origin = new Uint32Array(placeOf.count);
  const ords = new Int32Array(whole.count).fill(-1);
  let accounts = 0;
  for (let seq = 0; seq < whole.count; seq += 1) {
    const place = placeOf.places[seq] ?? -1;
    if (place < 0) continue;
    const account = whole.accountOrd[seq] ?? 0;
    // Accounts are numbered as they first appear, as lineage numbers them.
    if ((ords[account] ?? -1) < 0) {
      ords[account] = accounts;
      accounts += 1;
    }
    origin[place] = seq;
    columns.parentSeq[place] = placeOf.places[whole.parentSeq[seq] ?? 0] ?? 0;
    columns.depth[place] = whole.depth[seq] ?? 0;
    columns.timeMs[place] = whole.timeMs[seq] ?? 0;
    columns.accountOrd[place] = ords[account] ?? 0;
  }
  columns.count = placeOf.count;
  return { columns, origin };
}

type Places = { places: Int32Array; count: number };

/** Every post's place among those that were there, -1 where it was not. */
function placesAt({ count, parentSeq, timeMs }: Columns, atMs: number): Places {
  const places = new Int32Array(count).fill(-1);
  let next = 0;
  for (let seq = 0; seq < count; seq += 1) {
    const isHeld = seq === 0 || (places[parentSeq[seq] ?? 0] ?? -1) >= 0;
    if (!isHeld || (timeMs[seq] ?? 0) > atMs) continue;
    places[seq] = next;
    next += 1;
  }
  return { places, count: next };
}

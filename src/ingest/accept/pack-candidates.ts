import { recordBytes, writeRecord } from '../../log/entry-records.ts';
import type { CheckedItems } from './check-items.ts';
import type { Items } from './read-items.ts';

/** What the log takes for one request: `AppendRequest` of the log without what only the accepting step knows. */
export type PackedCandidates = {
  ids: string[];
  records: Buffer;
  body: Buffer;
  groups: Buffer;
  maxTimestampMs: number;
};

/** Puts ids, records and the items' own bytes together, without looking at any item's text again. */
export function packCandidates(items: Items, { candidates, claims }: CheckedItems): PackedCandidates {
  const { starts, ends } = items.spans;
  const records = Buffer.allocUnsafe(candidates.length * recordBytes);
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  const groups = Buffer.alloc(claims.contested ? candidates.length * 2 : 0);
  const ids: string[] = [];
  let maxTimestampMs = 0;
  for (const [place, candidate] of candidates.entries()) {
    const length = (ends[candidate.index] ?? 0) - (starts[candidate.index] ?? 0);
    const { timestampMs, digest, corrected } = candidate;
    writeRecord(view, place, { timestampMs, digest, corrected, length });
    ids.push(candidate.eventId);
    if (timestampMs > maxTimestampMs) maxTimestampMs = timestampMs;
    if (claims.contested) groups.writeUInt16LE(candidate.group, place * 2);
  }
  return { ids, records, body: joinBytes(items, candidates), groups, maxTimestampMs };
}

type Place = { index: number };

function joinBytes({ body, spans }: Items, places: Place[]): Buffer {
  const { starts, ends } = spans;
  const first = places[0];
  const last = places[places.length - 1];
  if (first === undefined || last === undefined) return Buffer.alloc(0);
  let total = places.length - 1;
  for (const { index } of places) total += (ends[index] ?? 0) - (starts[index] ?? 0);
  const from = starts[first.index] ?? 0;
  const to = ends[last.index] ?? 0;
  // Neighbours with one comma between them are already joined: the request's own buffer goes into the log uncopied.
  if (to - from === total && areJoined(body, spans.ends, places)) return body.subarray(from, to);
  const joined = Buffer.allocUnsafe(total);
  let at = 0;
  for (const { index } of places) {
    if (at > 0) joined[at++] = 44;
    at += body.copy(joined, at, starts[index], ends[index]);
  }
  return joined;
}

function areJoined(body: Buffer, ends: Uint32Array, places: Place[]): boolean {
  for (let place = 0; place < places.length - 1; place += 1) {
    if (body[ends[places[place]?.index ?? 0] ?? 0] !== 44) return false;
  }
  return true;
}

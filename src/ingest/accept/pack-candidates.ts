import { type AppendRequest, packIds } from '../../log/append.ts';
import type { CheckedItems } from './check-items.ts';
import type { Items } from './read-items.ts';

const comma = 44;

/** Puts ids, records and the items' own bytes together, without looking at any item's text again. */
export function packCandidates(items: Items, checked: CheckedItems, acceptedAtMs: number): AppendRequest {
  const { candidates, claims, refused } = checked;
  return {
    ids: packIds(candidates.ids),
    records: candidates.records,
    body: joinBytes(items, candidates.indexes.subarray(0, candidates.count)),
    acceptedAtMs,
    rejected: refused.length,
    maxTimestampMs: candidates.maxTimestampMs,
    groups: claims.contested ? candidates.groups : Buffer.alloc(0),
  };
}

function joinBytes({ body, spans: { starts, ends } }: Items, indexes: Uint32Array): Buffer {
  if (areJoined(body, { starts, ends }, indexes)) {
    return body.subarray(starts[indexes[0] ?? 0], ends[indexes[indexes.length - 1] ?? 0]);
  }
  let total = Math.max(0, indexes.length - 1);
  for (const index of indexes) total += (ends[index] ?? 0) - (starts[index] ?? 0);
  const joined = Buffer.allocUnsafe(total);
  let at = 0;
  for (const index of indexes) {
    if (at > 0) joined[at++] = comma;
    at += body.copy(joined, at, starts[index], ends[index]);
  }
  return joined;
}

type Edges = { starts: Uint32Array; ends: Uint32Array };

/** Neighbours with nothing but one comma between them: then the request's own buffer goes into the log uncopied. */
function areJoined(body: Buffer, { starts, ends }: Edges, indexes: Uint32Array): boolean {
  for (let place = 1; place < indexes.length; place += 1) {
    const end = ends[indexes[place - 1] ?? 0] ?? 0;
    if (starts[indexes[place] ?? 0] !== end + 1 || body[end] !== comma) return false;
  }
  return indexes.length > 0;
}

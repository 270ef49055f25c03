import { type Expected, isConcerned, rootIdOf } from '../posts/expected.ts';
import { states } from '../posts/walk-posts.ts';
import type { LineageRow } from './lineage-rows.ts';

const rowCheck = 'lineage has one row a linked post';
const placeCheck = 'lineage gives every post its place';
const accountCheck = 'lineage gives every account its place';

/** The cascade that is being read, and the place in lineage of every post read so far. */
export type LineageWalk = {
  placed: Int32Array;
  rootId: string | null;
  nextSeq: number;
  ordOf: Map<string, number>;
  accountOf: Map<number, string>;
};

export function beginLineageWalk({ size }: Expected): LineageWalk {
  return { placed: new Int32Array(size).fill(-1), rootId: null, nextSeq: 0, ordOf: new Map(), accountOf: new Map() };
}

/** Rows come in order of cascade and place. */
export function seeRow(expected: Expected, walk: LineageWalk, row: LineageRow): void {
  if (row.rootId !== walk.rootId) {
    endCascade(expected, walk);
    walk.rootId = row.rootId;
    walk.nextSeq = 0;
  }
  if (expected.work.changed.has(row.rootId) || expected.work.dissolving.has(row.rootId)) return;
  judgeSeq(expected, walk, row);
  judgeAccount(expected, walk, row);
  // A later event made it what it is.
  if (row.acceptSeq > expected.upTo.acceptSeq) return;
  const place = expected.standing.table.find(row.postId);
  if (place >= 0 && place < expected.size) judgeRow(expected, walk, place, row);
  else expected.look.suspect(rowCheck, row.postId, 'no such post', `a row in ${row.rootId}`);
}

export function endCascade({ look }: Expected, walk: LineageWalk): void {
  const { rootId, ordOf, accountOf } = walk;
  if (rootId !== null && ordOf.size > 0) {
    const greatest = greatestOf(accountOf.keys());
    if (greatest + 1 !== ordOf.size)
      look.suspect(accountCheck, rootId, `places 0 to ${ordOf.size - 1}`, `up to ${greatest}`);
  }
  ordOf.clear();
  accountOf.clear();
}

function greatestOf(numbers: Iterable<number>): number {
  let greatest = -1;
  for (const number of numbers) greatest = Math.max(greatest, number);
  return greatest;
}

function judgeSeq({ look }: Expected, walk: LineageWalk, row: LineageRow): void {
  look.look(placeCheck);
  const { seq, parentSeq, postId } = row;
  if (seq !== walk.nextSeq) look.suspect(placeCheck, postId, `place ${walk.nextSeq} in ${row.rootId}`, `place ${seq}`);
  walk.nextSeq = seq + 1;
  const isAbove = seq === 0 ? parentSeq === 0 : parentSeq < seq;
  if (!isAbove) look.suspect(placeCheck, postId, `a parent before place ${seq}`, `parent at ${parentSeq}`);
}

function judgeAccount({ look }: Expected, { ordOf, accountOf }: LineageWalk, row: LineageRow): void {
  look.look(accountCheck);
  const { accountId, accountOrd, postId } = row;
  const ord = ordOf.get(accountId) ?? accountOrd;
  const owner = accountOf.get(accountOrd) ?? accountId;
  if (ord !== accountOrd) look.suspect(accountCheck, postId, `${accountId} at ${ord}`, accountOrd);
  else if (owner !== accountId) look.suspect(accountCheck, postId, `${owner} at ${accountOrd}`, accountId);
  ordOf.set(accountId, ord);
  accountOf.set(accountOrd, owner);
}

function judgeRow(expected: Expected, walk: LineageWalk, place: number, row: LineageRow): void {
  const { look, standing, places } = expected;
  const { table } = standing;
  if ((walk.placed[place] ?? -1) >= 0) {
    look.suspect(rowCheck, row.postId, '1 row', '2 rows or more');
    return;
  }
  walk.placed[place] = row.seq;
  if (!isConcerned(expected, place, row.rootId)) return;
  if (places.state[place] !== states.linked) {
    look.suspect(rowCheck, row.postId, 'no row, because it is not linked', `a row in ${row.rootId}`);
    return;
  }
  const parent = table.parent.get(place);
  const wanted = [
    rootIdOf(expected, place),
    parent < 0 ? '' : table.id(parent),
    places.depth[place],
    table.accountOf(place),
    table.at.get(place),
    table.acceptSeq.get(place),
  ];
  const found = [row.rootId, row.parentId, row.depth, row.accountId, row.sharedAtMs, row.acceptSeq];
  if (JSON.stringify(wanted) !== JSON.stringify(found)) {
    look.suspect(rowCheck, row.postId, JSON.stringify(wanted), JSON.stringify(found));
  }
  const parentPlace = parent < 0 ? 0 : walk.placed[parent];
  if (parentPlace !== row.parentSeq) {
    look.suspect(placeCheck, row.postId, `its parent at ${parentPlace}`, `parent at ${row.parentSeq}`);
  }
}

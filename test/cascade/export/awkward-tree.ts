import type { GraphChange } from '../../../src/project/linking/graph-change.ts';
import { post, share, startMs } from '../changes.ts';

export type Row = {
  postId: string;
  parentPostId: string | null;
  depth: number;
  accountId: string | null;
  createdAt: string | null;
  weight: number;
};

/** Everything an id may hold and some form gives a meaning to, the root first. */
export const awkwardIds = [
  '<root & "b" \'c\'>/..%2F😀',
  '=1+1',
  '+x',
  '-x',
  '@x',
  'a,b',
  'a"b"',
  "'quoted'",
  'é ｚ 😀',
  '%2F/',
  '\uFFFE',
  '\uFFFF',
  '\uFFFD',
  '\uFFFDE',
  '\uFEFFmark',
  ' spaces  within ',
  ']]>&amp;<!--',
  '\u2028\u00A0',
  '\\N',
  '\\t\\\\',
  'null',
  '{}',
  'zero\u200Dwidth',
];

/** A tree of these ids: a post's parent is the place of half its own; times are mixed, as of clocks that differ. */
export function awkwardTree(): { changes: GraphChange[]; rows: Row[]; rootPostId: string } {
  const rows: Row[] = [];
  const changes = awkwardIds.map((postId, place) => {
    const parent = rows[Math.floor((place - 1) / 2)];
    const accountId = `account ${awkwardIds[(place * 7) % awkwardIds.length]}`.slice(place % 2 === 0 ? 0 : 8);
    const afterMs = place === 0 ? 0 : 1000 + ((place * 617) % 1000);
    const createdAt = new Date(startMs + afterMs).toISOString();
    const depth = parent === undefined ? 0 : parent.depth + 1;
    rows.push({ postId, parentPostId: parent?.postId ?? null, depth, accountId, createdAt, weight: 1 });
    if (parent === undefined) return post(postId, accountId);
    return share(postId, { of: parent.postId, by: accountId, afterMs });
  });
  return { changes, rows, rootPostId: awkwardIds[0] ?? '' };
}

/** The rows that were there at a time, and of them those below one post. */
export function partOf(rows: readonly Row[], { at, postId }: { at?: string; postId?: string }): Row[] {
  const there = new Set<string>();
  const below = new Set<string>();
  for (const row of rows) {
    const hasCome = at === undefined || (row.createdAt ?? '') <= at;
    if (hasCome && (row.parentPostId === null || there.has(row.parentPostId))) there.add(row.postId);
    if (row.postId === postId || below.has(row.parentPostId ?? '')) below.add(row.postId);
  }
  return rows.filter((row) => there.has(row.postId) && (postId === undefined || below.has(row.postId)));
}

import { type AskStores, type Names, numberOf, type Row } from './ask-stores.ts';

/** How far the stores are, and whether what they hold is the same. */
export type Agreement = { lastSeq: number; isReached: boolean; agrees: boolean; detail: string };

const graphPlace = `OPTIONAL MATCH (cursor:Cursor {stream: '0'})
  RETURN coalesce(cursor.seq, 0) AS seq, coalesce(cursor.linkSeq, 0) AS linkSeq,
    COUNT { (:LinkWork) } + COUNT { (:Dissolving) } AS work`;

// Accept numbers stand for the posts: a sum shows a missing, doubled or moved edge, and both engines can add.
const graphDigest = `MATCH (share:Post)-[:SHARED_FROM]->(parent:Post) WHERE share.state = 'linked'
  RETURN count(share) AS shares, sum(share.acceptSeq) AS ids,
    sum((share.acceptSeq * (coalesce(parent.acceptSeq, 0) + 1)) % 2147483647) AS edges,
    sum((share.acceptSeq * (share.depth + 1)) % 2147483647) AS depths,
    sum((share.acceptSeq * (share.createdAt % 2147483647)) % 2147483647) AS times`;

const factsDigest = `WITH current AS (
    SELECT l.post_id AS post_id, l.accept_seq AS accept_seq, l.depth AS depth FROM lineage AS l
    LEFT JOIN (SELECT root_id, max(generation) AS g FROM lineage_generations GROUP BY root_id) AS n
      ON n.root_id = l.root_id WHERE l.generation = n.g)
  SELECT count() AS shares, sum(s.accept_seq) AS ids,
    sum((s.accept_seq * (p.accept_seq + 1)) % 2147483647) AS edges,
    sum((s.accept_seq * (toUInt64(c.depth) + 1)) % 2147483647) AS depths,
    sum((s.accept_seq * (toUInt64(toUnixTimestamp64Milli(s.shared_at)) % 2147483647)) % 2147483647) AS times
  FROM current AS c
  INNER JOIN shares AS s ON s.share_id = c.post_id AND s.accept_seq = c.accept_seq
  LEFT JOIN current AS p ON p.post_id = s.parent_id`;

export async function measureAgreement(ask: AskStores, { prefix }: Names): Promise<Agreement> {
  const [seq, facts, lineage, cursors] = await Promise.all([
    ask.redis.get(`${prefix}:seq`),
    ask.redis.hmget(`${prefix}:progress`, 'factsSeq', 'lineageLinkSeq'),
    ask.redis.hget(`${prefix}:projector:lineage`, 'position'),
    ask.graph(graphPlace),
  ]);
  const lastSeq = Number(seq ?? 0);
  const [factsSeq] = facts.map(Number);
  const cursor = cursors[0] ?? {};
  const places = { lastSeq, factsSeq, lineage: Number(lineage ?? 0), ...cursor };
  const isReached =
    lastSeq === factsSeq &&
    lastSeq === numberOf(cursor['seq']) &&
    numberOf(cursor['work']) === 0 &&
    Number(lineage ?? 0) === numberOf(cursor['linkSeq']);
  if (!isReached) return { lastSeq, isReached, agrees: false, detail: JSON.stringify(places) };
  const [graph, shares] = await Promise.all([ask.graph(graphDigest), ask.facts(factsDigest)]);
  const [left, right] = [digest(graph[0]), digest(shares[0])];
  const agrees = left === right;
  return { lastSeq, isReached, agrees, detail: `${JSON.stringify(places)} graph ${left} facts ${right}` };
}

function digest(row: Row = {}): string {
  return ['shares', 'ids', 'edges', 'depths', 'times'].map((name) => String(row[name])).join(' ');
}

/** Until both stores hold all of the log and agree: milliseconds, and what was waited for last. */
export type Agreed = { ms: number; lastOf: string };

export async function waitUntilAgreed(ask: AskStores, names: Names, timeoutMs: number): Promise<Agreed> {
  const sinceMs = Date.now();
  let lastOf = 'nothing';
  for (;;) {
    const agreement = await measureAgreement(ask, names).catch((error: unknown) => String(error));
    const ms = Date.now() - sinceMs;
    if (typeof agreement === 'string') lastOf = agreement.slice(0, 200);
    else if (agreement.agrees) return { ms, lastOf };
    else lastOf = agreement.detail;
    if (ms > timeoutMs) throw new Error(`the stores do not agree after ${timeoutMs} ms: ${lastOf}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

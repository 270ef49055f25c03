import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';

/** Everything that both stores say, without the numbers that only order it: link numbers, places, generations. */
export type CanonicalDump = Record<string, string[]>;

const line = z.object({ line: z.string() });
const none = z.object({});

const inGraph = {
  posts: `MATCH (post:Post) RETURN post.id AS id, post.state AS state, post.rootId AS rootId, post.depth AS depth,
    post.authorId AS authorId, post.createdAt AS createdAt, post.acceptSeq AS acceptSeq, post.eventId AS eventId,
    post.assumed AS assumed, post.removedAt AS removedAt, post.claimedParentId AS claimed, post.waitsFor AS waitsFor,
    post.h1 AS h1, post.h2 AS h2, COUNT { (post)<-[:AUTHORED]-() } AS authors`,
  edges: `MATCH (child:Post)-[edge:SHARED_FROM]->(parent:Post) RETURN child.id AS child, parent.id AS parent,
    edge.at AS at, edge.method AS method, edge.confidence AS confidence, edge.rootHint AS rootHint`,
  authored: 'MATCH (account:Account)-[:AUTHORED]->(post:Post) RETURN account.id AS account, post.id AS post',
  follows: 'MATCH (a:Account)-[f:FOLLOWS]->(b:Account) RETURN a.id AS a, b.id AS b, f.at AS at',
  refusals: 'MATCH (r:Refusal) RETURN r.acceptSeq AS acceptSeq, r.eventId AS eventId, r.postId AS postId',
  work: `MATCH (n) WHERE n:LinkWork OR n:Dissolving RETURN labels(n) AS labels, n.postId AS postId, n.rootId AS rootId`,
};

const counting = `WITH counting AS (SELECT l.* FROM lineage AS l LEFT JOIN
  (SELECT root_id, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root_id = l.root_id
  WHERE l.generation = g.current)`;
const inFacts = {
  events: 'SELECT toJSONString(tuple(*)) AS line FROM events',
  event_ids: 'SELECT toJSONString(tuple(hex(id_hash), digest, accept_seq, accepted_at)) AS line FROM event_ids',
  shares: 'SELECT toJSONString(tuple(*)) AS line FROM shares',
  outcomes: 'SELECT toJSONString(tuple(*)) AS line FROM outcomes',
  lineage: `${counting} SELECT toJSONString((root_id, post_id, parent_id, depth, account_id, shared_at, accept_seq)) AS line
    FROM counting`,
  cascades: `SELECT toJSONString((root_id, sum(posts), max(accounts), max(depth), max(author_id), max(created_at),
    max(last_share_at), max(accept_seq))) AS line FROM cascades AS c LEFT JOIN
    (SELECT root_id, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root_id = c.root_id
    WHERE c.generation = g.current GROUP BY root_id`,
  places: `SELECT toJSONString((p.post_id, p.root_id)) AS line FROM places AS p LEFT JOIN
    (SELECT root_id, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g ON g.root_id = p.root_id
    WHERE p.generation = g.current`,
};

export async function canonicalDump({ graph, facts }: { graph: Graph; facts: Facts }): Promise<CanonicalDump> {
  const dump: CanonicalDump = {};
  for (const [name, text] of Object.entries(inGraph)) {
    const rows = await graph.read({ path: name, text, params: none, row: z.looseObject({}) }, {});
    dump[`graph ${name}`] = rows.map((row) => JSON.stringify(Object.values(row))).sort();
  }
  for (const [name, text] of Object.entries(inFacts)) {
    const rows = await facts.select({ path: name, text, params: none, row: line }, {});
    dump[`facts ${name}`] = rows.map((row) => row.line).sort();
  }
  return dump;
}

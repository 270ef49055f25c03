/** Something done to a store by hand; `$` stands for the beginning of all ids. */
type Damage = {
  what: string;
  graph?: string;
  facts?: string[];
  /** What repairs may name; nothing else may be touched. */
  subjects: string[];
  kinds: string[];
};

const currentOf = (root: string) => `(SELECT max(generation) FROM lineage_generations WHERE root_id = '${root}')`;

export const damages: Damage[] = [
  {
    what: 'a missing edge',
    graph: "MATCH (:Post {id: '$r0s3'})-[e:SHARED_FROM]->() DELETE e",
    subjects: ['r0s3'],
    kinds: ['edge_missing'],
  },
  {
    what: 'a doubled edge',
    graph: "MATCH (c:Post {id: '$r0s4'})-[e:SHARED_FROM]->(p) CREATE (c)-[n:SHARED_FROM]->(p) SET n = properties(e)",
    subjects: ['r0s4'],
    kinds: ['edge_doubled'],
  },
  {
    what: 'an edge to a wrong parent',
    graph:
      "MATCH (c:Post {id: '$r1s5'})-[e:SHARED_FROM]->(), (p:Post {id: '$r1s1'}) CREATE (c)-[n:SHARED_FROM]->(p) SET n = properties(e) DELETE e",
    subjects: ['r1s5'],
    kinds: ['edge_moved'],
  },
  {
    what: 'an edge into another cascade, and a place there',
    graph:
      "MATCH (c:Post {id: '$r1s7'})-[e:SHARED_FROM]->(), (p:Post {id: '$r2s7'}) CREATE (c)-[n:SHARED_FROM]->(p) SET n = properties(e), c.rootId = p.rootId, c.depth = p.depth + 1 DELETE e",
    subjects: ['r1s7'],
    kinds: ['edge_moved'],
  },
  {
    what: 'a post that nobody sent, with its edge',
    graph:
      "MATCH (p:Post {id: '$r2s1'}) CREATE (:Post {id: '$unsent', state: 'linked', rootId: '$r2', depth: 2, createdAt: 5, acceptSeq: 3, linkSeq: 4, h1: 1, h2: 2})-[:SHARED_FROM {at: 5}]->(p)",
    subjects: ['unsent'],
    kinds: ['post_unsent'],
  },
  {
    what: 'a post that nobody sent between two that were',
    graph:
      "MATCH (c:Post {id: '$r2s6'})-[e:SHARED_FROM]->(p) CREATE (c)-[n:SHARED_FROM]->(:Post {id: '$between', state: 'linked', rootId: '$r2', depth: 2})-[:SHARED_FROM]->(p) SET n = properties(e) DELETE e",
    subjects: ['r2s6', 'between'],
    kinds: ['edge_moved', 'post_unsent'],
  },
  {
    what: 'a missing post without shares',
    graph: "MATCH (p:Post {id: '$r3s7'}) DETACH DELETE p",
    subjects: ['r3s7'],
    kinds: ['post_missing'],
  },
  {
    what: 'a missing post with shares',
    graph: "MATCH (p:Post {id: '$r3s1'}) DETACH DELETE p",
    subjects: ['r3s1', 'r3s3', 'r3s4'],
    kinds: ['post_missing', 'edge_missing'],
  },
  {
    what: 'a missing original',
    graph: "MATCH (p:Post {id: '$r4'}) DETACH DELETE p",
    subjects: ['r4', 'r4s0', 'r4s1', 'r4s2'],
    kinds: ['post_missing', 'edge_missing'],
  },
  {
    what: 'a wrong depth',
    graph: "MATCH (p:Post {id: '$r5s4'}) SET p.depth = 7",
    subjects: ['r5s4'],
    kinds: ['place'],
  },
  {
    what: 'a wrong root',
    graph: "MATCH (p:Post {id: '$r5s6'}) SET p.rootId = '$r6'",
    subjects: ['r5s6'],
    kinds: ['place'],
  },
  {
    what: 'a wrong time of a post',
    graph: "MATCH (p:Post {id: '$r5s2'}) SET p.createdAt = p.createdAt + 1",
    subjects: ['r5s2'],
    kinds: ['post_description'],
  },
  {
    what: 'a wrong time of an edge',
    graph: "MATCH (:Post {id: '$r5s3'})-[e:SHARED_FROM]->() SET e.at = e.at - 1",
    subjects: ['r5s3'],
    kinds: ['edge_time'],
  },
  {
    what: 'a wrong weight',
    graph: "MATCH (:Post {id: '$r5s0'})-[e:SHARED_FROM]->() SET e.confidence = 0.99",
    subjects: ['r5s0'],
    kinds: ['edge_weight'],
  },
  {
    what: 'a weight where there is none',
    graph: "MATCH (:Post {id: '$r5s1'})-[e:SHARED_FROM]->() SET e.confidence = 0.5",
    subjects: ['r5s1'],
    kinds: ['edge_weight'],
  },
  {
    what: 'a wrong author',
    graph:
      "MATCH (a:Account)-[w:AUTHORED]->(p:Post {id: '$r6s1'}), (b:Account) WHERE b.id <> a.id WITH p, w, b LIMIT 1 CREATE (b)-[:AUTHORED]->(p) DELETE w",
    subjects: ['r6s1'],
    kinds: ['post_description'],
  },
  {
    what: 'a pending share that is gone',
    graph: "MATCH (p:Post {id: '$p2'}) DETACH DELETE p",
    subjects: ['p2', 'p3'],
    kinds: ['post_missing', 'edge_missing'],
  },
  {
    what: 'an event that the facts lost',
    facts: ["DELETE FROM events WHERE share_id = '$r6s2'"],
    subjects: ['#'],
    kinds: ['facts_missing'],
  },
  {
    what: 'an event that the facts lost with all that followed from it',
    facts: [
      "DELETE FROM event_ids WHERE accept_seq IN (SELECT accept_seq FROM shares WHERE share_id = '$r6s3')",
      "DELETE FROM events WHERE share_id = '$r6s3'",
      "DELETE FROM shares WHERE share_id = '$r6s3'",
    ],
    subjects: ['#', 'event_ids all', 'shares all'],
    kinds: ['facts_missing', 'derived_stale'],
  },
  {
    what: 'a doubled event',
    facts: [
      'CREATE TABLE twin AS events',
      "INSERT INTO twin SELECT * FROM events WHERE share_id = '$r6s4'",
      'ALTER TABLE events ATTACH PARTITION tuple(PARTITION) FROM twin',
      'DROP TABLE twin',
    ],
    subjects: ['#'],
    kinds: ['facts_doubled'],
  },
  {
    what: 'a doubled event that says something else',
    facts: [
      'CREATE TABLE twin AS events',
      "INSERT INTO twin SELECT * REPLACE ('$r1' AS post_id) FROM events WHERE share_id = '$r6s4'",
      'ALTER TABLE events ATTACH PARTITION tuple(PARTITION) FROM twin',
      'DROP TABLE twin',
    ],
    subjects: ['#'],
    kinds: ['facts_contradicting'],
  },
  {
    what: 'an extra row in shares',
    facts: [
      "INSERT INTO shares SELECT * REPLACE ('nobody' AS share_id) FROM (SELECT * FROM shares WHERE share_id = '$r6s4')",
    ],
    subjects: ['shares all'],
    kinds: ['derived_stale'],
  },
  {
    what: 'a missing row in shares',
    facts: ["DELETE FROM shares WHERE share_id = '$r7s4'"],
    subjects: ['shares all'],
    kinds: ['derived_stale'],
  },
  {
    what: 'a wrong weight in shares',
    facts: ["ALTER TABLE shares UPDATE confidence = 0.25 WHERE share_id = '$r7s5' SETTINGS mutations_sync = 2"],
    subjects: ['shares all'],
    kinds: ['derived_stale'],
  },
  {
    what: 'missing event ids',
    facts: ['DELETE FROM event_ids WHERE accept_seq % 7 = 0'],
    subjects: ['event_ids all'],
    kinds: ['derived_stale'],
  },
  {
    what: 'an extra event id',
    facts: ['INSERT INTO event_ids SELECT sipHash128(toString(1)), 5, 6, now64(3)'],
    subjects: ['event_ids all'],
    kinds: ['derived_stale'],
  },
  {
    what: 'a missing row of lineage',
    facts: [`DELETE FROM lineage WHERE post_id = '$r7s3' AND generation = ${currentOf('$r7')}`],
    subjects: ['r7'],
    kinds: ['lineage'],
  },
  {
    what: 'a doubled row of lineage',
    facts: [`INSERT INTO lineage SELECT * FROM lineage WHERE post_id = '$r7s3' AND generation = ${currentOf('$r7')}`],
    subjects: ['r7'],
    kinds: ['lineage'],
  },
  {
    what: 'a wrong depth in lineage',
    facts: [
      `ALTER TABLE lineage UPDATE depth = 9 WHERE post_id = '$r7s6' AND root_id = '$r7' SETTINGS mutations_sync = 2`,
    ],
    subjects: ['r7'],
    kinds: ['lineage'],
  },
  {
    what: 'a wrong parent in lineage',
    facts: [
      `ALTER TABLE lineage UPDATE parent_id = '$r7' WHERE post_id = '$r7s6' AND root_id = '$r7' SETTINGS mutations_sync = 2`,
    ],
    subjects: ['r7'],
    kinds: ['lineage'],
  },
  {
    what: 'lineage of a whole cascade gone',
    facts: [
      `DELETE FROM lineage WHERE root_id = '$r6'`,
      `DELETE FROM cascades WHERE root_id = '$r6'`,
      `DELETE FROM places WHERE root_id = '$r6'`,
    ],
    subjects: ['r6'],
    kinds: ['lineage'],
  },
  {
    what: 'stale cascades',
    facts: [`INSERT INTO cascades (root_id, generation, posts) SELECT '$r7', ${currentOf('$r7')}, 2`],
    subjects: ['r7'],
    kinds: ['lineage'],
  },
  { what: 'stale places', facts: [`DELETE FROM places WHERE post_id = '$r7s2'`], subjects: ['r7'], kinds: ['lineage'] },
];

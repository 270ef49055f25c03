import { damageGraph } from './damage.ts';
import type { Damage } from './damage-case.ts';
import type { FilledStores } from './filled-stores.ts';

const graph = (damage: string, mend: string) => (stores: FilledStores) => damageGraph(stores.graph, damage, mend);

export const graphDamages: Damage[] = [
  {
    what: 'a missing edge',
    hurt: graph(
      "MATCH (post:Post {id: 'late-2'})-[edge:SHARED_FROM]->() SET post.kept = properties(edge).at DELETE edge",
      `MATCH (post:Post {id: 'late-2'}), (parent:Post {id: 'late-1'})
       CREATE (post)-[:SHARED_FROM {at: post.kept, method: 'deeplink', confidence: 0.75}]->(parent) REMOVE post.kept`,
    ),
    finds: ['edges', 'digests'],
    names: 'late-2',
  },
  {
    what: 'a doubled edge',
    hurt: graph(
      `MATCH (post:Post {id: 'late-2'})-[edge:SHARED_FROM]->(parent) CREATE (post)-[more:SHARED_FROM {doubled: true}]->(parent)
       SET more += properties(edge)`,
      "MATCH (:Post {id: 'late-2'})-[edge:SHARED_FROM {doubled: true}]->() DELETE edge",
    ),
    finds: ['oneEdge', 'digests'],
    names: 'late-2',
  },
  {
    what: 'a moved edge',
    hurt: graph(
      `MATCH (post:Post {id: 'n2'})-[edge:SHARED_FROM]->(), (other:Post {id: 'never-told'})
       CREATE (post)-[moved:SHARED_FROM]->(other) SET moved = properties(edge) DELETE edge`,
      `MATCH (post:Post {id: 'n2'})-[edge:SHARED_FROM]->(), (parent:Post {id: 'n1'})
       CREATE (post)-[moved:SHARED_FROM]->(parent) SET moved = properties(edge) DELETE edge`,
    ),
    finds: ['edges', 'digests'],
    names: 'n2',
  },
  {
    what: 'a wrong weight in the graph',
    hurt: graph(
      "MATCH (:Post {id: 'late-2'})-[edge:SHARED_FROM]->() SET edge.confidence = 0.5",
      "MATCH (:Post {id: 'late-2'})-[edge:SHARED_FROM]->() SET edge.confidence = 0.75",
    ),
    finds: ['weights'],
    names: 'late-2',
  },
  {
    what: 'a wrong depth in the graph',
    hurt: graph(
      "MATCH (post:Post {id: 'late-3'}) SET post.depth = post.depth + 1",
      "MATCH (post:Post {id: 'late-3'}) SET post.depth = post.depth - 1",
    ),
    finds: ['depths', 'digests'],
    names: 'late-3',
  },
  {
    what: 'a linked post that says it waits',
    hurt: graph(
      "MATCH (post:Post {id: 'late-4'}) SET post.state = 'pending'",
      "MATCH (post:Post {id: 'late-4'}) SET post.state = 'linked'",
    ),
    finds: ['states'],
    names: 'late-4',
  },
  {
    what: 'a post that no event made',
    hurt: graph("CREATE (:Post {id: 'invented', state: 'stub'})", "MATCH (post:Post {id: 'invented'}) DELETE post"),
    finds: ['extra'],
    names: 'invented',
  },
  {
    what: 'a post that lost its author',
    hurt: graph(
      "MATCH (:Account)-[edge:AUTHORED]->(:Post {id: 'late-4'}) DELETE edge",
      "MATCH (account:Account {id: 'u-late-4'}), (post:Post {id: 'late-4'}) CREATE (account)-[:AUTHORED]->(post)",
    ),
    finds: ['authors'],
    names: 'late-4',
  },
  {
    what: 'a post under another name',
    hurt: graph(
      "MATCH (post:Post {id: 'waits-too'}) SET post.id = 'renamed'",
      "MATCH (post:Post {id: 'renamed'}) SET post.id = 'waits-too'",
    ),
    finds: ['nodes', 'extra'],
    names: 'waits-too',
  },
  {
    what: 'the edge of a quarantined share',
    hurt: graph(
      `MATCH (post:Post {id: 'ring-c'}), (parent:Post {id: 'ring-b'}) CREATE (post)-[:SHARED_FROM]->(parent)`,
      "MATCH (:Post {id: 'ring-c'})-[edge:SHARED_FROM]->() DELETE edge",
    ),
    finds: ['rings', 'edges'],
    names: 'ring-a',
  },
  {
    what: 'a forgotten refusal',
    hurt: graph(
      "MATCH (refusal:Refusal {eventId: 'too-late'}) SET refusal.acceptSeq = refusal.acceptSeq + 1000000",
      "MATCH (refusal:Refusal {eventId: 'too-late'}) SET refusal.acceptSeq = refusal.acceptSeq - 1000000",
    ),
    finds: ['refusals', 'beyond', 'tallies'],
    names: 'accept number ',
  },
  {
    what: 'a wrong tally',
    hurt: graph(
      'MATCH (tally:Tally) SET tally.stored = tally.stored - 1',
      'MATCH (tally:Tally) SET tally.stored = tally.stored + 1',
    ),
    finds: ['tallySums', 'tallies'],
    names: ':00.000Z',
  },
  {
    what: 'a follow that was taken back',
    hurt: graph(
      "MATCH (:Account {id: 'cid'})-[edge:FOLLOWS]->(:Account {id: 'bob'}) SET edge.at = edge.at + 1",
      "MATCH (:Account {id: 'cid'})-[edge:FOLLOWS]->(:Account {id: 'bob'}) SET edge.at = edge.at - 1",
    ),
    finds: ['follows'],
    names: '["cid","bob"]',
  },
];

import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { lineageColumns } from '../../src/project/lineage/cascade-place.ts';

export type LargeStores = { graph: Graph; facts: Facts };
type LargeShape = { name: string; shares: number };

const rowsAtOnce = 5000;
const startMs = Date.UTC(2026, 0, 1);

/*
 * Written straight into the stores, as the projectors would leave it, in a small part of the time. The post at a place is
 * called by the name of the shape and that place; the root, or what is missing, is at 0.
 */

/** One post shared by everyone: the post at each place by an account of its own, `by name place`. */
export async function writeHub({ graph, facts }: LargeStores, { name, shares }: LargeShape): Promise<void> {
  const rest = `authorId: 'by ${name} ' + place, createdAt: ${startMs} + place, state: 'linked', rootId: '${name} 0'`;
  const post = `(:Account {id: 'by ${name} ' + place})-[:AUTHORED]->(post:Post {id: '${name} ' + place, ${rest}})`;
  await graph.command(`WITH 0 AS place CREATE ${post} SET post.depth = 0`);
  await graph.command(`UNWIND range(1, ${shares}) AS place CALL (place) {
    MATCH (root:Post {id: '${name} 0'})
    CREATE ${post}
    CREATE (post)-[:SHARED_FROM]->(root)
    SET post.depth = 1
  } IN TRANSACTIONS OF ${rowsAtOnce} ROWS`);
  const placeOf = (place: number) => ({ parent: 0, depth: Math.min(place, 1), account: place });
  await writeLineage(facts, { name, shares }, { placeOf, accountOf: (place) => `by ${name} ${place}` });
}

/** Each post shared from the one before, all by one account, `by name`. */
export async function writeChain({ graph, facts }: LargeStores, { name, shares }: LargeShape): Promise<void> {
  await writeLine(graph, { name, shares }, `state: 'linked', rootId: '${name} 0', depth: place`);
  const placeOf = (place: number) => ({ parent: Math.max(0, place - 1), depth: place, account: 0 });
  await writeLineage(facts, { name, shares }, { placeOf, accountOf: () => `by ${name}` });
}

/** The same, but the first post has not come. */
export function writePendingChain({ graph }: Pick<LargeStores, 'graph'>, shape: LargeShape): Promise<void> {
  const state = "CASE WHEN place = 0 THEN 'stub' ELSE 'pending' END";
  return writeLine(graph, shape, `state: ${state}, waitsFor: '${shape.name} ' + (place - 1)`);
}

async function writeLine(graph: Graph, { name, shares }: LargeShape, rest: string): Promise<void> {
  await graph.command(`CREATE (:Account {id: 'by ${name}'})`);
  // Within a portion the posts are at hand; only its first one has to be joined to the portion before.
  await graph.command(`UNWIND range(0, ${shares}, ${rowsAtOnce}) AS first CALL (first) {
    MATCH (account:Account {id: 'by ${name}'})
    OPTIONAL MATCH (before:Post {id: '${name} ' + (first - 1)})
    UNWIND range(first, CASE WHEN first + ${rowsAtOnce} > ${shares} THEN ${shares} ELSE first + ${rowsAtOnce} - 1 END) AS place
    CREATE (account)-[:AUTHORED]->(post:Post {
      id: '${name} ' + place, authorId: account.id, createdAt: ${startMs} + place, ${rest}
    })
    WITH before, collect(post) AS posts
    WITH [before] + posts AS line
    UNWIND range(1, size(line) - 1) AS index
    WITH line[index] AS share, line[index - 1] AS parent WHERE parent IS NOT NULL
    CREATE (share)-[:SHARED_FROM]->(parent)
  } IN TRANSACTIONS OF 1 ROW`);
}

type Placing = {
  placeOf(place: number): { parent: number; depth: number; account: number };
  accountOf(place: number): string;
};

async function writeLineage(facts: Facts, { name, shares }: LargeShape, placing: Placing): Promise<void> {
  for (let from = 0; from <= shares; from += rowsAtOnce) {
    const places = Array.from({ length: Math.min(rowsAtOnce, shares + 1 - from) }, (_, index) => from + index);
    const rows = places.map((place) => {
      const { parent, depth, account } = placing.placeOf(place);
      const parentId = place === 0 ? '' : `${name} ${parent}`;
      const head = [`${name} 0`, 0, place, `${name} ${place}`, parentId, parent, depth];
      return [...head, placing.accountOf(place), account, startMs + place, 0, 0];
    });
    await facts.insert({ table: 'lineage', columns: lineageColumns, token: `${name} ${from}` }, rows);
  }
}

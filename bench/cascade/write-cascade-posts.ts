import { type RawGraph, wholeNumbers } from '../graph/raw-graph.ts';
import { accountIdOf, type DrawnCascade, postIdOf, timeOf } from './draw-cascade.ts';

const rowsATransaction = 5000;

const writePosts = `UNWIND $rows AS row MERGE (account:Account {id: row.authorId})
  CREATE (account)-[:AUTHORED]->(:Post {id: row.id, state: 'linked', rootId: row.rootId, depth: row.depth,
    authorId: row.authorId, createdAt: row.at, linkSeq: 0})`;
const writeEdges = `UNWIND $rows AS row MATCH (child:Post {id: row.id}) MATCH (parent:Post {id: row.parentId})
  CREATE (child)-[:SHARED_FROM {at: row.at}]->(parent)`;

/** Puts posts of a cascade into the graph, those of the given places or all of them; their parents have to be among them. */
export async function writeCascadePosts(
  raw: RawGraph,
  cascade: DrawnCascade,
  seqs: Iterable<number> = cascade.depth.keys(),
): Promise<void> {
  const rows = Array.from(seqs, (seq) => describe(cascade, seq));
  for (const text of [writePosts, writeEdges]) {
    for (let from = 0; from < rows.length; from += rowsATransaction) {
      const part = rows.slice(from, from + rowsATransaction).filter((row) => text === writePosts || row.depth > 0);
      await raw.run(text, { rows: part.map(wholeNumbers) });
    }
  }
}

export type ChainStep = { postId: string; authorId: string; createdAt: string };

/** The chain from the root down to a place, root first, told by the arrays. */
export function chainOf(cascade: DrawnCascade, seq: number): ChainStep[] {
  return chainSeqs(cascade, seq).map((place) => ({
    postId: postIdOf(cascade.rootId, place),
    authorId: accountIdOf(place),
    createdAt: new Date(timeOf(cascade, place)).toISOString(),
  }));
}

export function chainSeqs({ parentSeq }: DrawnCascade, seq: number): number[] {
  const seqs = [seq];
  for (let place = seq; place > 0; ) {
    place = parentSeq[place] ?? 0;
    seqs.push(place);
  }
  return seqs.reverse();
}

function describe(cascade: DrawnCascade, seq: number) {
  const { rootId, parentSeq, depth } = cascade;
  return {
    id: postIdOf(rootId, seq),
    parentId: postIdOf(rootId, parentSeq[seq] ?? 0),
    rootId,
    depth: depth[seq] ?? 0,
    authorId: accountIdOf(seq),
    at: timeOf(cascade, seq),
  };
}

import { type AskStores, numberOf, type Row, textOf } from './ask-stores.ts';
import type { Model, ModelPost } from './model.ts';

const readLineage = `SELECT l.root_id AS root_id, l.seq AS seq, l.post_id AS post_id, l.parent_id AS parent_id,
    l.parent_seq AS parent_seq, l.depth AS depth, l.account_id AS account_id, l.accept_seq AS accept_seq
  FROM lineage AS l
  LEFT JOIN (SELECT root_id, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g
    ON g.root_id = l.root_id
  WHERE l.generation = g.current ORDER BY root_id, seq`;

/** Every linked post has one row in the generation that counts, at a place of its own, below its parent's. */
export async function checkLineage(ask: AskStores, model: Model): Promise<string[]> {
  const faults: string[] = [];
  const linked = new Map([...model.posts].filter(([, post]) => post.state === 'linked'));
  let cascade = { rootId: '', places: new Map<string, number>(), next: 0 };
  for (const row of await ask.facts(readLineage)) {
    const [postId, rootId, seq] = [textOf(row['post_id']), textOf(row['root_id']), numberOf(row['seq'])];
    if (rootId !== cascade.rootId) cascade = { rootId, places: new Map(), next: 0 };
    if (seq !== cascade.next) faults.push(`cascade ${rootId}: place ${seq} comes where ${cascade.next} should`);
    cascade.next = seq + 1;
    cascade.places.set(postId, seq);
    const post = linked.get(postId);
    linked.delete(postId);
    if (post === undefined) faults.push(`lineage has ${postId}, which is not linked, or has it twice`);
    else faults.push(...differences(row, post, cascade.places));
  }
  for (const id of linked.keys()) faults.push(`lineage lacks ${id}`);
  return faults;
}

function differences(row: Row, post: ModelPost, places: ReadonlyMap<string, number>): string[] {
  const expected: Row = {
    root_id: post.rootId,
    parent_id: post.parentId ?? '',
    parent_seq: post.parentId === null ? 0 : places.get(post.parentId),
    depth: post.depth,
    account_id: post.authorId ?? '',
    accept_seq: post.seq ?? 0,
  };
  return Object.entries(expected).flatMap(([name, value]) =>
    row[name] === value ? [] : [`lineage of ${post.id}: ${name} is ${String(row[name])}, not ${String(value)}`],
  );
}

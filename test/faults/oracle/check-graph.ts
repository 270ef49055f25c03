import { type AskStores, numberOf, type Row, textOf } from './ask-stores.ts';
import type { Model, ModelPost } from './model.ts';

const readPosts = `MATCH (post:Post) WHERE post.id > $after
  WITH post ORDER BY post.id LIMIT 20000
  RETURN post.id AS id, post.state AS state, post.rootId AS rootId, post.depth AS depth, post.acceptSeq AS seq,
    post.createdAt AS createdAt, coalesce(post.assumed, false) AS assumed, post.removedAt AS removedAt,
    post.linkSeq AS linkSeq,
    [(post)-[:SHARED_FROM]->(parent) | parent.id] AS parents, [(post)<-[:AUTHORED]-(account) | account.id] AS authors
  ORDER BY id`;

/** I2, I8: each accepted share is one edge, or pending, or quarantined; depth and root follow from the parent's. */
export async function checkGraph(ask: AskStores, model: Model): Promise<{ faults: string[]; posts: number }> {
  const faults: string[] = [];
  const seen = new Set<string>();
  for await (const row of postsOf(ask)) {
    const id = textOf(row['id']);
    const expected = model.posts.get(id);
    seen.add(id);
    if (expected === undefined) faults.push(`the graph holds ${id}, which no event names`);
    else faults.push(...differences(row, expected).map((difference) => `post ${id}: ${difference}`));
  }
  for (const id of model.posts.keys()) if (!seen.has(id)) faults.push(`the graph lacks ${id}`);
  faults.push(...(await checkRefusals(ask, model)), ...(await checkFollows(ask, model)), ...(await checkLinkSeq(ask)));
  return { faults, posts: seen.size };
}

async function* postsOf(ask: AskStores): AsyncGenerator<Row> {
  for (let after = ''; ; ) {
    const rows = await ask.graph(readPosts, { after });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = textOf(last['id']);
  }
}

function differences(row: Row, post: ModelPost): string[] {
  const authored = post.authorId === null || post.authorId === '' ? [] : [post.authorId];
  const expected: Row = {
    state: post.state,
    rootId: post.rootId,
    depth: post.depth,
    seq: post.seq,
    createdAt: post.createdAtMs,
    assumed: post.assumed,
    removedAt: post.removedAtMs,
    parents: post.parentId === null || post.state === 'quarantined' ? [] : [post.parentId],
    authors: authored,
  };
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = row[name] ?? null;
    return JSON.stringify(found) === JSON.stringify(value)
      ? []
      : [`${name} is ${JSON.stringify(found)}, not ${JSON.stringify(value)}`];
  });
}

async function checkRefusals(ask: AskStores, model: Model): Promise<string[]> {
  const rows = await ask.graph('MATCH (refusal:Refusal) RETURN refusal.acceptSeq AS seq, refusal.status AS status');
  const dead = rows.filter((row) => row['status'] === 'deadLettered').map((row) => numberOf(row['seq']));
  const found = new Set(rows.filter((row) => row['status'] !== 'deadLettered').map((row) => numberOf(row['seq'])));
  const missing = [...model.taken].filter((seq) => !found.has(seq));
  const extra = [...found].filter((seq) => !model.taken.has(seq));
  return [
    ...missing.slice(0, 5).map((seq) => `the graph does not say that item ${seq} found its post taken`),
    ...extra.slice(0, 5).map((seq) => `the graph refused item ${seq}, whose post was free`),
    ...dead.slice(0, 5).map((seq) => `the graph has a dead letter for item ${seq}`),
  ];
}

async function checkFollows(ask: AskStores, model: Model): Promise<string[]> {
  const rows = await ask.graph(
    `MATCH (account:Account)-[edge:FOLLOWS|UNFOLLOWED]->(target:Account)
     RETURN account.id + ' ' + target.id AS pair, collect(type(edge)) AS kinds`,
  );
  const found = new Map(rows.map((row) => [textOf(row['pair']), JSON.stringify(row['kinds'])]));
  const faults: string[] = [];
  for (const [pair, { follows }] of model.follows) {
    const expected = JSON.stringify([follows ? 'FOLLOWS' : 'UNFOLLOWED']);
    if (found.get(pair) !== expected) faults.push(`follow ${pair}: ${found.get(pair)}, not ${expected}`);
    found.delete(pair);
  }
  for (const pair of found.keys()) faults.push(`follow ${pair}: no event says so`);
  return faults;
}

/** The link numbers of linked posts are given once each, and never beyond the cursor's. */
async function checkLinkSeq(ask: AskStores): Promise<string[]> {
  const [row] = await ask.graph(
    `MATCH (post:Post) WHERE post.linkSeq IS NOT NULL
     WITH count(post) AS linked, count(DISTINCT post.linkSeq) AS numbers, max(post.linkSeq) AS last
     MATCH (cursor:Cursor {stream: '0'}) RETURN linked, numbers, coalesce(last, 0) AS last, cursor.linkSeq AS given`,
  );
  if (row === undefined) return [];
  const { linked, numbers, last, given } = row;
  const isSound = linked === numbers && numberOf(last) <= numberOf(given);
  return isSound ? [] : [`link numbers are not sound: ${JSON.stringify(row)}`];
}

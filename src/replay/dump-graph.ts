import { z } from 'zod';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';
import { type DumpLine, type DumpSection, numberKey } from './dump/dump-line.ts';

const after = z.object({ after: z.string(), limit: z.number() });
const afterNumber = z.object({ after: z.number(), limit: z.number() });
const nullableText = z.string().nullable();
const nullableNumber = z.number().nullable();
const value = z.union([z.string(), z.number(), z.null()]);

export const dumpPostsStatement = statement('cypher/replay/dump-posts.cypher', {
  params: after,
  row: z.object({
    id: z.string(),
    state: nullableText,
    rootId: nullableText,
    depth: nullableNumber,
    authorId: nullableText,
    createdAt: nullableNumber,
    removedAt: nullableNumber,
    assumed: z.boolean(),
    waitsFor: nullableText,
    rootHint: nullableText,
    claimedParentId: nullableText,
    h1: nullableNumber,
    h2: nullableNumber,
    authors: z.array(value),
    edges: z.array(z.array(value)),
    eventId: z.string(),
    acceptSeq: nullableNumber,
  }),
});
export const dumpAccountsStatement = statement('cypher/replay/dump-accounts.cypher', {
  params: after,
  row: z.object({ id: z.string(), follows: z.array(z.array(value)) }),
});
export const dumpRefusalsStatement = statement('cypher/replay/dump-refusals.cypher', {
  params: afterNumber,
  row: z.object({
    acceptSeq: z.number(),
    eventId: nullableText,
    postId: nullableText,
    code: nullableText,
    status: z.string(),
  }),
});
export const dumpTalliesStatement = statement('cypher/replay/dump-tallies.cypher', {
  params: afterNumber,
  row: z.object({
    minuteMs: z.number(),
    stored: z.number(),
    notForThisStore: z.number(),
    lateDuplicate: z.number(),
    lateConflict: z.number(),
    deadLettered: z.number(),
    seq: nullableNumber,
  }),
});

type Deps = { graph: Pick<Graph, 'read'> };

/**
 * `order: 'any'` leaves out what follows from the accept order: the same events in any order give the same dump.
 * `order: 'accepted'` has it, with refusals and tallies: the same log gives the same dump.
 */
export type GraphDumpOptions = { order: 'any' | 'accepted'; pageSize: number };

/** What the graph holds, section by section, read in pages: at no time is more than one page in memory. */
export function dumpGraph(deps: Deps, options: GraphDumpOptions): DumpSection[] {
  const posts = { name: 'post', lines: () => postLines(deps, options) };
  const accounts = { name: 'account', lines: () => accountLines(deps, options) };
  if (options.order === 'any') return [posts, accounts];
  const refusals = { name: 'refusal', lines: () => refusalLines(deps, options) };
  const tallies = { name: 'tally', lines: () => tallyLines(deps, options) };
  return [posts, accounts, refusals, tallies];
}

async function* postLines(deps: Deps, { order, pageSize }: GraphDumpOptions): AsyncGenerator<DumpLine> {
  for await (const { authors, edges, eventId, acceptSeq, ...post } of readPosts(deps, pageSize)) {
    const told = { ...post, authors: authors.sort(), edges: sortLists(edges) };
    const line = order === 'any' ? told : { ...told, eventId, acceptSeq };
    yield { key: post.id, text: JSON.stringify(line) };
  }
}

/** Every post in the order of the ids' bytes. */
export async function* readPosts({ graph }: Deps, pageSize: number) {
  for (let from = ''; ; ) {
    const page = await graph.read(dumpPostsStatement, { after: from, limit: pageSize });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    from = last.id;
  }
}

async function* accountLines({ graph }: Deps, { pageSize }: GraphDumpOptions): AsyncGenerator<DumpLine> {
  for (let from = ''; ; ) {
    const page = await graph.read(dumpAccountsStatement, { after: from, limit: pageSize });
    for (const { id, follows } of page) {
      yield { key: id, text: JSON.stringify({ id, follows: sortLists(follows) }) };
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    from = last.id;
  }
}

async function* refusalLines({ graph }: Deps, { pageSize }: GraphDumpOptions): AsyncGenerator<DumpLine> {
  for (let from = 0; ; ) {
    const page = await graph.read(dumpRefusalsStatement, { after: from, limit: pageSize });
    for (const refusal of page) yield { key: numberKey(refusal.acceptSeq), text: JSON.stringify(refusal) };
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    from = last.acceptSeq;
  }
}

async function* tallyLines({ graph }: Deps, { pageSize }: GraphDumpOptions): AsyncGenerator<DumpLine> {
  for (let from = 0; ; ) {
    const page = await graph.read(dumpTalliesStatement, { after: from, limit: pageSize });
    for (const tally of page) yield { key: numberKey(tally.minuteMs), text: JSON.stringify(tally) };
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    from = last.minuteMs;
  }
}

function sortLists<T>(lists: readonly T[][]): T[][] {
  return lists
    .map((list) => ({ list, text: JSON.stringify(list) }))
    .sort((left, right) => (left.text < right.text ? -1 : Number(left.text > right.text)))
    .map(({ list }) => list);
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Facts } from '../../facts/facts.ts';
import type { Graph, GraphTransaction } from '../../graph/graph.ts';
import type { Log } from '../../log/open-log.ts';
import { type Cursor, lockCursor } from '../graph/cursor.ts';
import { advanceLinkSeqStatement } from '../graph/link-waiting.ts';
import { addDissolvingStatement } from '../graph/write-plan.ts';
import { addMissing } from './add-missing.ts';
import { type Difference, type Examined, examinePosts } from './examine-posts.ts';
import { type LinkOrder, placePosts } from './place-posts.ts';
import { withCursor } from './with-cursor.ts';
import { forgetPosts, rewriteDescriptions, rewriteEdges } from './write-repairs.ts';

export type ReprojectDeps = {
  graph: Graph;
  facts: Facts;
  log: Pick<Log, 'readProgress' | 'readEntryOfSeq'>;
};

export type ReprojectLimits = { settleMs: number; placeRounds: number };

type Options = { stream: string; limits: ReprojectLimits; dryRun: boolean };

const nothing: Examined = { differences: [], lostNumbers: [], wrongNumbers: [], explained: [] };
const lookAgainMs = 20;

/**
 * Writes posts of the graph anew from the log or the raw facts, those that differ and no others. The cursor is locked, so
 * the graph stands still, and the facts are waited for until they hold everything that the graph has: what is compared
 * in here is settled. Null when the facts are too far behind; then it is tried another time.
 */
export async function reprojectPosts(
  deps: ReprojectDeps,
  postIds: readonly string[],
  options: Options,
): Promise<Examined | null> {
  if (postIds.length === 0) return nothing;
  const examined = await withCursor(deps, options.stream, (cursor) => reproject(deps, postIds, cursor, options));
  return examined === undefined ? nothing : examined;
}

async function reproject(
  deps: ReprojectDeps,
  postIds: readonly string[],
  cursor: Cursor,
  { stream, limits, dryRun }: Options,
): Promise<Examined | null> {
  return deps.graph.transact(async (transaction) => {
    const locked = await lockCursor(transaction, cursor);
    if (!(await factsReach(deps, locked.seq, limits.settleMs))) return null;
    const { run } = transaction;
    const examined = await examinePosts({ ...deps, run }, postIds, locked.seq);
    if (dryRun || examined.differences.length === 0) return examined;
    const order: LinkOrder = { linkSeq: locked.linkSeq };
    const deciding = { facts: deps.facts, transaction };
    const relink = await repair(deciding, examined.differences, order, limits.placeRounds);
    if (relink.size > 0) await transaction.run(addDissolvingStatement, { rootIds: [...relink].sort() });
    if (order.linkSeq > locked.linkSeq) {
      await transaction.run(advanceLinkSeqStatement, { stream, linkSeq: order.linkSeq });
    }
    return examined;
  });
}

async function factsReach({ log }: ReprojectDeps, acceptSeq: number, timeoutMs: number): Promise<boolean> {
  const deadlineMs = Date.now() + timeoutMs;
  while ((await log.readProgress()).factsSeq < acceptSeq) {
    if (Date.now() > deadlineMs) return false;
    await delay(lookAgainMs);
  }
  return true;
}

/** Edges first, because what stands without an event may only go when nobody shares from it. */
async function repair(
  { facts, transaction }: { facts: Facts; transaction: GraphTransaction },
  differences: readonly Difference[],
  order: LinkOrder,
  rounds: number,
): Promise<Set<string>> {
  const known = differences.flatMap(({ stored, truth, wrong }) =>
    stored === undefined ? [] : [{ stored, truth, wrong }],
  );
  const isWrong = (...kinds: string[]) => known.filter(({ wrong }) => wrong.some((kind) => kinds.includes(kind)));
  const edges = known.filter(({ wrong }) => wrong.some((kind) => kind.startsWith('edge_')));
  await rewriteDescriptions(transaction, isWrong('post_description'));
  await rewriteEdges(
    transaction,
    edges.map(({ stored, truth }) => ({ stored, change: truth?.change ?? null })),
  );
  const unsent = isWrong('post_unsent');
  await forgetPosts(transaction, unsent);
  const missing = differences.filter(({ wrong }) => wrong.includes('post_missing'));
  await addMissing({ facts, transaction }, missing, order);
  const truths = new Map(
    differences.flatMap(({ postId, truth }) => (truth === undefined ? [] : [[postId, truth] as const])),
  );
  const relink = await placePosts(transaction, truths, order, rounds);
  for (const { stored } of unsent) if (stored.children > 0 && stored.rootId !== null) relink.add(stored.rootId);
  return relink;
}

import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Log } from '../log/open-log.ts';
import { checkDerived, checkNumbers, type Stretch } from './rebuild/check-numbers.ts';
import type { HoldLimits } from './rebuild/hold-projector.ts';
import { type BasePart, rebuildBase, rebuildDerived, rewriteNumbers } from './rebuild/rebuild-table.ts';
import type { DerivedTable } from './rebuild/rebuilt-tables.ts';
import { restoreNumbers } from './rebuild/restore-numbers.ts';
import { askForRewrite } from './reproject/ask-for-rewrite.ts';
import type { Difference } from './reproject/examine-posts.ts';
import { type ReprojectLimits, reprojectPosts } from './reproject/reproject-posts.ts';
import { settleGraph } from './reproject/settle-graph.ts';
import { findStoredPosts, type StoredPost } from './reproject/stored-posts.ts';
import { countPosts } from './sweep/count-posts.ts';
import { type SuspectLimits, suspectPostsOf } from './sweep/suspect-posts.ts';
import { sweepPosts } from './sweep/sweep-posts.ts';

export type RepairLimits = HoldLimits &
  ReprojectLimits &
  SuspectLimits & { linkPosts: number; linkWork: number; linkSteps: number; numbersAtOnce: number };

type Deps = { graph: Graph; facts: Facts; log: Log };

const stream = '0';

/** Everything that looks for what one store has and the other has not, and puts it right, for whoever decides when. */
export function openRepairs(deps: Deps, limits: RepairLimits) {
  const { graph, facts, log } = deps;
  return {
    checkNumbers: (stretch: Stretch) => checkNumbers({ facts }, stretch, limits.numbersAtOnce),
    restoreNumbers: (seqs: readonly number[]) => restoreNumbers({ facts, log }, seqs),
    rewriteNumbers: (seqs: readonly number[]) => rewriteNumbers({ facts, log }, seqs, limits),
    rebuildBase: (part: BasePart) => rebuildBase({ facts, log }, part, limits),
    checkDerived: (stretch: Stretch) => checkDerived({ facts }, stretch),
    rebuildDerived: (table: DerivedTable, partition: string) =>
      rebuildDerived({ facts, log }, table, partition, limits),
    countPosts: (stretch: Stretch) => countPosts({ graph, facts }, stretch),
    sweepPosts: (after: string, acceptSeq: number) =>
      sweepPosts({ graph, facts }, { after, acceptSeq, limit: limits.postsAtOnce }),
    suspectPostsOf: (rootId: string, acceptSeq: number) => suspectPostsOf({ graph, facts }, rootId, acceptSeq, limits),
    reprojectPosts: async (postIds: readonly string[], { dryRun }: { dryRun: boolean }) => {
      const examined = await reprojectPosts(deps, postIds, { stream, limits, dryRun });
      return examined === null ? null : { ...examined, differences: examined.differences.map(tell) };
    },
    describePosts: async (postIds: readonly string[]) => {
      const stored = await findStoredPosts({ run: graph.read }, postIds);
      return new Map([...stored].map(([id, post]) => [id, describe(post)]));
    },
    settleGraph: () =>
      settleGraph({ graph }, stream, {
        maxPosts: limits.linkPosts,
        maxWork: limits.linkWork,
        maxSteps: limits.linkSteps,
      }),
    askForRewrite: (rootIds: readonly string[]) => askForRewrite({ graph }, stream, rootIds),
  };
}

function tell({ postId, wrong, truth, stored, source }: Difference) {
  const graphSays = stored === undefined ? '' : describe(stored);
  return {
    postId,
    rootId: stored?.rootId ?? null,
    wrong,
    source,
    graph: graphSays,
    facts: JSON.stringify(truth ?? null),
  };
}

function describe({ state, rootId, depth, acceptSeq, createdAt, edges }: StoredPost): string {
  return JSON.stringify({ state, rootId, depth, acceptSeq, createdAt, edges });
}

import { recordRepairs } from '../runs/record-run.ts';
import { label, type Repair, type Report, waitingLetter } from '../runs/report.ts';
import { restoreNumbers, rewriteNumbers } from './repair-numbers.ts';
import type { Examined, PostDifference } from './repairs.ts';
import { mayRepair, type PassDeps, type Run } from './run-context.ts';

const postsAtOnce = 1000;

/**
 * Judges posts that seem to differ, and projects those anew that do. First all are judged, so that the run knows how much
 * it is about to touch; what is repaired is judged once more in the transaction that repairs it.
 * Returns the cascades that were touched.
 */
export async function repairPosts(deps: PassDeps, run: Run, suspects: readonly string[]): Promise<string[]> {
  const { report } = run;
  const judged = await examine(deps, report, suspects, true);
  if (judged === null) return [];
  const { differences, lostNumbers, wrongNumbers } = judged;
  report.differing += differences.length + lostNumbers.length + wrongNumbers.length;
  for (const postId of judged.explained) label(report, postId, waitingLetter);
  if (lostNumbers.length > 0) await restoreNumbers(deps, run, lostNumbers);
  if (wrongNumbers.length > 0 && report.stopped === '') await rewriteNumbers(deps, run, wrongNumbers);
  if (differences.length === 0 || report.stopped !== '') return [];
  if (!(await mayRepair(deps, run, differences.map(subjectOf)))) {
    if (report.dryRun)
      await recordRepairs(
        deps,
        report,
        differences.map((item) => toRepair(item, '', deps.now())),
      );
    return [];
  }
  const postIds = differences.map(({ postId }) => postId);
  const repaired = await examine(deps, report, postIds, false);
  await deps.repairs.settleGraph();
  if (repaired === null) return [];
  const after = await describe(deps, repaired.differences);
  report.repaired += repaired.differences.length;
  const records = repaired.differences.map((item) => toRepair(item, after.get(item.postId) ?? '', deps.now()));
  await recordRepairs(deps, report, records);
  return [...new Set(repaired.differences.map(subjectOf))];
}

/** What was made or unmade by an event comes first, so that what no event made is judged when its edges are right. */
async function examine(
  deps: PassDeps,
  report: Report,
  postIds: readonly string[],
  dryRun: boolean,
): Promise<Examined | null> {
  const all: Examined = { differences: [], lostNumbers: [], wrongNumbers: [], explained: [] };
  for (let from = 0; from < postIds.length; from += postsAtOnce) {
    const examined = await deps.repairs.reprojectPosts(postIds.slice(from, from + postsAtOnce), { dryRun });
    if (examined === null) {
      label(report, `${postIds.length} posts`, 'the stores were too far apart to judge them');
      return all.differences.length > 0 ? all : null;
    }
    all.differences.push(...examined.differences);
    all.lostNumbers.push(...examined.lostNumbers);
    all.wrongNumbers.push(...examined.wrongNumbers);
    all.explained.push(...examined.explained);
  }
  return all;
}

async function describe(deps: PassDeps, differences: readonly PostDifference[]): Promise<Map<string, string>> {
  const after = new Map<string, string>();
  for (let from = 0; from < differences.length; from += postsAtOnce) {
    const some = differences.slice(from, from + postsAtOnce).map(({ postId }) => postId);
    for (const [postId, said] of await deps.repairs.describePosts(some)) after.set(postId, said);
  }
  return after;
}

function subjectOf({ rootId, postId }: PostDifference): string {
  return rootId ?? postId;
}

function toRepair({ postId, wrong, source, graph, facts }: PostDifference, after: string, nowMs: number): Repair {
  return {
    kind: wrong.join(' '),
    target: 'graph',
    source,
    subject: postId,
    detail: '',
    graphBefore: graph,
    factsBefore: facts,
    graphAfter: after,
    factsAfter: facts,
    repairedAtMs: nowMs,
  };
}

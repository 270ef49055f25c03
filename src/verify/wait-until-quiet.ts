import { setTimeout as delay } from 'node:timers/promises';
import { readPositions } from './read-positions.ts';
import { isIdle, readWork } from './read-work.ts';
import type { VerifyDeps } from './verify-deps.ts';

const lookAgainMs = 200;

type Deps = Pick<VerifyDeps, 'graph' | 'log' | 'now' | 'onProgress'>;

/** Waits until every store has followed the log to its end and nothing is left to link. Throws when that takes too long. */
export async function waitUntilQuiet(deps: Deps, timeoutMs: number): Promise<void> {
  const deadlineMs = deps.now() + timeoutMs;
  for (;;) {
    const missing = await whatIsMissing(deps);
    if (missing === null) return;
    if (deps.now() > deadlineMs) throw new Error(`not quiet after ${timeoutMs / 1000} s: ${missing}`);
    deps.onProgress(`waiting: ${missing}`);
    await delay(lookAgainMs);
  }
}

async function whatIsMissing(deps: Deps): Promise<string | null> {
  const { graph, facts, lineage, log } = await readPositions(deps);
  if (graph.seq < log.lastSeq) return `the graph stands at ${graph.seq} of ${log.lastSeq}`;
  if (facts.seq < log.lastSeq) return `the facts stand at ${facts.seq} of ${log.lastSeq}`;
  const work = await readWork(deps, lineage.linkSeq);
  if (!isIdle(work)) return 'the graph is still linking';
  // Linking may have ended between the two questions; what it gave then is not in the first answer.
  const after = await readPositions(deps);
  if (after.graph.linkSeq !== graph.linkSeq) return 'the graph has just linked';
  if (lineage.linkSeq < graph.linkSeq) return `lineage stands at ${lineage.linkSeq} of ${graph.linkSeq}`;
  return null;
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Facts } from '../../facts/facts.ts';
import { type Columns, createColumns } from '../columns/columns.ts';
import type { Desk } from '../desk/open-desk.ts';
import { cutBatches } from './cut-batches.ts';
import { type DueCascade, findDue, lastMeasuredAtMs } from './find-due.ts';
import { findNewestBatch, keepShapes, type Measured } from './keep-shapes.ts';
import { loadCascades } from './load-cascades.ts';
import { measureCascade } from './measure-cascade.ts';

export type MeasureDeps = {
  facts: Pick<Facts, 'select' | 'selectBytes' | 'insert'>;
  /** Where large cascades are measured: in a thread of its own. */
  desk: Pick<Desk, 'ask'>;
  now: () => number;
};

export type MeasureLimits = {
  cascadesAtOnce: number;
  maxRounds: number;
  batchRows: number;
  batchCascades: number;
  batchIdBytes: number;
  largePosts: number;
  largeAtOnce: number;
  largeRestMs: number;
  turnMs: number;
};

/** Cascades between two ids, the second of them included ('' is no end), that lineage touched after a link number. */
export type Stretch = { afterRootId: string; upToRootId: string; afterLinkSeq: number };

/** `cut`: there was more to measure than a run may do. */
export type MeasureReport = { measured: number; cut: boolean };

/**
 * Measures what is not as it was measured in a stretch of all cascades, in rounds of bounded size. What a run leaves,
 * however it ends, is due for the next one.
 */
export async function measureDue(deps: MeasureDeps, stretch: Stretch, limits: MeasureLimits): Promise<MeasureReport> {
  let { afterRootId } = stretch;
  let measured = 0;
  for (let round = 0; round < limits.maxRounds; round += 1) {
    // Looked up before the cascades: whatever is written by others from here on makes this round's batch void.
    const batch = await findNewestBatch(deps);
    const due = await findDue(deps, { ...stretch, afterRootId, limit: limits.cascadesAtOnce });
    const done = await measureAll(deps, due, limits);
    await keepShapes(deps, batch, done, deps.now());
    measured += done.length;
    const last = due.at(-1);
    if (last === undefined || due.length < limits.cascadesAtOnce) return { measured, cut: false };
    afterRootId = last.rootId;
  }
  return { measured, cut: true };
}

async function measureAll(deps: MeasureDeps, due: readonly DueCascade[], limits: MeasureLimits): Promise<Measured[]> {
  const takeTurn = turnTaker(limits.turnMs);
  const measured: Measured[] = due.filter(({ posts }) => posts === 0).map((gone) => ({ due: gone, measurement: null }));
  const measure = async (of: DueCascade, columns: Columns) => {
    // Lineage may have been exchanged since the look; then there is nothing to say of this cascade now.
    if (columns.count > 0) measured.push({ due: of, measurement: measureCascade(columns) });
    await takeTurn();
  };
  const small = due.filter(({ posts }) => posts > 0 && posts < limits.largePosts);
  for (const batch of cutBatches(small, limits)) {
    const loaded = await loadCascades(deps, batch);
    for (const [place, of] of batch.entries()) await measure(of, loaded[place] ?? createColumns());
  }
  for (const of of dueLarge(due, deps.now(), limits)) {
    const { rootId, generation, posts } = of;
    const reply = await deps.desk.ask({ rootId, generation, posts }, 'measure', {});
    // Written anew since the look: then it is due with its new generation.
    if (reply.generation === generation) measured.push({ due: of, measurement: reply.answer });
  }
  return measured;
}

/** A large cascade that grows all the time would take all the time: each has a rest, and the longest unmeasured come first. */
function dueLarge(due: readonly DueCascade[], nowMs: number, limits: MeasureLimits): DueCascade[] {
  return due
    .filter((of) => of.posts >= limits.largePosts && lastMeasuredAtMs(of) <= nowMs - limits.largeRestMs)
    .toSorted((a, b) => lastMeasuredAtMs(a) - lastMeasuredAtMs(b))
    .slice(0, limits.largeAtOnce);
}

/** Lets others have their turn whenever this work has held the process for as long as it may. */
function turnTaker(turnMs: number): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < turnMs) return;
    await nextTurn();
    since = performance.now();
  };
}

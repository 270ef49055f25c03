import { setTimeout as delay } from 'node:timers/promises';
import type { PreparedRanges } from '../../log/projector/prepared-range.ts';
import { type DeadLetter, letterId } from './dead-letter.ts';
import { findLetter } from './find-letter.ts';
import { type LetterFilter, listLetters } from './list-letters.ts';
import { type ReplayDeps, replayLetter } from './replay-letter.ts';

type Deps = ReplayDeps & { projectors: Pick<PreparedRanges, 'readState'> };

export type ReplayRequest = Omit<LetterFilter, 'states'> & {
  /** Only these letters, whatever the filter says. */
  ids?: readonly string[];
  /** Says what would be tried, and tries nothing. */
  dryRun: boolean;
  perSecond: number;
  /** Goes on behind this letter: where an earlier run said it stood. */
  after: string | null;
  onProgress: (progress: ReplayProgress) => void;
};

/** `position`: the last letter that was dealt with. A run that starts behind it leaves nothing out. */
export type ReplayProgress = {
  position: string | null;
  tried: number;
  replayed: number;
  stillDead: number;
  alreadyReplayed: number;
  byCode: Record<string, number>;
};

const pageSize = 200;

// The store remembers the last 10,000 inserts of a table. A range of the projector that is still open must stay among
// them, because it will be repeated.
const maxBesideOpenRange = 2000;

/** Replays waiting letters in accept order, at a bounded rate. */
export async function replayLetters(deps: Deps, request: ReplayRequest): Promise<ReplayProgress> {
  const progress: ReplayProgress = {
    position: request.after,
    tried: 0,
    replayed: 0,
    stillDead: 0,
    alreadyReplayed: 0,
    byCode: {},
  };
  const watch = watchOpenRange(deps);
  const startedAt = performance.now();
  for await (const letter of lettersOf(deps, request)) {
    if (!request.dryRun) {
      await delay(Math.max(0, startedAt + (progress.tried * 1000) / request.perSecond - performance.now()));
      await watch();
      const { outcome } = await replayLetter(deps, letter);
      progress[outcome] += 1;
    }
    progress.tried += 1;
    progress.byCode[letter.code] = (progress.byCode[letter.code] ?? 0) + 1;
    progress.position = letterId(letter);
    request.onProgress(progress);
  }
  return progress;
}

async function* lettersOf(deps: Deps, { ids, after, ...filter }: ReplayRequest): AsyncGenerator<DeadLetter> {
  if (ids !== undefined) {
    for (const id of ids) {
      const letter = await findLetter(deps, id);
      if (letter === null) throw new Error(`there is no dead letter ${id}`);
      yield letter;
    }
    return;
  }
  for (let position = after; ; ) {
    const page = await listLetters(deps, { ...filter, states: ['waiting'] }, position, pageSize);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    position = letterId(last);
  }
}

function watchOpenRange({ projectors }: Deps): () => Promise<void> {
  let open: string | null = null;
  let beside = 0;
  return async () => {
    beside += 1;
    if (beside % 100 !== 1) return;
    const { prepared } = await projectors.readState('facts');
    if (prepared === null || prepared.first !== open) beside = 1;
    open = prepared?.first ?? null;
    if (open === null || beside < maxBesideOpenRange) return;
    throw new Error('the facts projector has a range open and does not get on with it: replay once it does');
  };
}

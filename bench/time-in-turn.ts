import { median } from './measurement.ts';

/** Something that is timed; what it gives back says whether it did its work. */
export type Timed = { run: () => Promise<unknown>; before?: () => Promise<void> };

/** Both in turn, each going first every other time; the first round warms up and is not counted. Milliseconds. */
export async function timeInTurn(ours: Timed, baseline: Timed, rounds: number) {
  const times: { ours: number[]; baseline: number[] } = { ours: [], baseline: [] };
  for (let round = -1; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const);
    for (const kind of order) {
      const timed = kind === 'ours' ? ours : baseline;
      await timed.before?.();
      const startedAt = performance.now();
      await timed.run();
      if (round >= 0) times[kind].push(performance.now() - startedAt);
    }
  }
  return times;
}

/** A quick thing many times over, so that one measurement is longer than what a clock can tell. */
export function manyTimes(count: number, run: () => Promise<unknown>): () => Promise<void> {
  return async () => {
    for (let turn = 0; turn < count; turn += 1) await run();
  };
}

export type Turns = { rounds: number; turns: number; warmUpTurns?: number };

/**
 * Two quick things by turns, one after the other and each first every other time, so that whatever else the machine does
 * meets both alike; of each round the median. The turns before the first round warm up. Milliseconds.
 */
export async function timeAlternately(
  ours: () => Promise<unknown>,
  baseline: () => Promise<unknown>,
  { rounds, turns, warmUpTurns = turns }: Turns,
) {
  const times: { ours: number[]; baseline: number[] } = { ours: [], baseline: [] };
  await alternate(ours, baseline, warmUpTurns);
  for (let round = 0; round < rounds; round += 1) {
    const ofRound = await alternate(ours, baseline, turns);
    times.ours.push(median(ofRound.ours));
    times.baseline.push(median(ofRound.baseline));
  }
  return times;
}

async function alternate(ours: () => Promise<unknown>, baseline: () => Promise<unknown>, turns: number) {
  const times: { ours: number[]; baseline: number[] } = { ours: [], baseline: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    const order = turn % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const);
    for (const kind of order) {
      const startedAt = performance.now();
      await (kind === 'ours' ? ours() : baseline());
      times[kind].push(performance.now() - startedAt);
    }
  }
  return times;
}

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

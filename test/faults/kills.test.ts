import { type FaultStack, openFaultStack } from './harness/fault-stack.ts';
import { longTestMs } from './harness/patience.ts';
import { describeFigures } from './rounds/figures.ts';
import { runKillRounds } from './rounds/run-kill-rounds.ts';

const seeds = [1, 2];
const killsOfEach = 14;

let stack: FaultStack;

beforeAll(async () => {
  stack = await openFaultStack();
}, longTestMs);

afterAll(async () => {
  await stack.close();
});

describe('random kills of every component under load', () => {
  test.each(seeds)(
    'seed %i: nothing is lost, doubled or invented, and the stores agree',
    async (seed) => {
      const lines: string[] = [`seed ${seed}`];
      const { verdict, figures } = await runKillRounds(stack, {
        seed,
        kills: killsOfEach,
        killsPerRound: killsOfEach / 2,
        judgeEvery: killsOfEach,
        untilMs: Date.now() + 240_000,
        say: (line) => void lines.push(line),
      });
      process.stderr.write(`${[...lines, ...describeFigures(figures)].join('\n')}\n`);
      expect(verdict.faults).toEqual([]);
      expect(figures.agreedMs.every((ms) => ms < 30_000)).toBe(true);
    },
    longTestMs,
  );
});

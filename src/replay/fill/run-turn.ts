import type { Lease } from '../../log/projector/prepared-range.ts';
import type { EntrySource } from './entry-source.ts';

/** A projector at work on a store that nobody else writes to: one bounded step after the other. */
export type Turn = { step(): Promise<'busy' | 'idle'> };

export type BeginTurn<Target> = (target: Target, lease: Lease) => Promise<Turn>;

/** Steps until the source is at its end, and then until nothing is left to be done about what it gave. */
export async function runToEnd(turn: Turn, source: EntrySource, isDone: () => Promise<boolean>): Promise<void> {
  do await turn.step();
  while (!source.ended());
  while (!(await isDone())) await turn.step();
}

export async function runUntilIdle(turn: Turn): Promise<void> {
  while ((await turn.step()) === 'busy');
}

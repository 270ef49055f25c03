import type { Facts } from '../../facts/facts.ts';
import { type DeadLetter, letterId } from './dead-letter.ts';

type Column = { name: string; value: (letter: DeadLetter) => unknown };

const columns: readonly Column[] = [
  { name: 'id', value: letterId },
  { name: 'stage', value: (letter) => letter.stage },
  { name: 'accept_seq', value: (letter) => letter.seq },
  { name: 'accepted_at', value: (letter) => letter.acceptedAtMs },
  { name: 'event_id', value: (letter) => letter.eventId },
  { name: 'timestamp_ms', value: (letter) => letter.timestampMs },
  { name: 'digest', value: (letter) => letter.digest },
  { name: 'code', value: (letter) => letter.code },
  { name: 'reason', value: (letter) => letter.reason },
  { name: 'attempts', value: (letter) => letter.attempts },
  { name: 'raw', value: (letter) => letter.raw },
  { name: 'state', value: (letter) => letter.state },
  { name: 'died_at', value: (letter) => letter.diedAtMs },
  { name: 'changed_at', value: (letter) => letter.changedAtMs },
];

const columnNames = columns.map(({ name }) => name);

type Deps = { facts: Pick<Facts, 'insert'> };

/** Writes letters under a token, so that whoever repeats it adds nothing. */
export async function writeLetters({ facts }: Deps, token: string, letters: readonly DeadLetter[]): Promise<void> {
  const rows = letters.map((letter) => columns.map((column) => column.value(letter)));
  await facts.insert({ table: 'dead_letters', columns: columnNames, token }, rows);
}

/** The next version of a letter. It has to be later than the one before, because the latest one counts. */
export async function changeLetter(
  deps: Deps,
  letter: DeadLetter,
  change: Partial<DeadLetter>,
  nowMs: number,
): Promise<DeadLetter> {
  const changed = { ...letter, ...change, changedAtMs: Math.max(nowMs, letter.changedAtMs + 1) };
  const version = `${changed.attempts}:${changed.state}:${changed.changedAtMs}`;
  await writeLetters(deps, `letter:${letterId(letter)}:${version}`, [changed]);
  return changed;
}

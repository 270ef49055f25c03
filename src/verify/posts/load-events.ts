import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { stretches } from '../facts/check-in-store.ts';
import { readEvent } from '../read-event.ts';
import { type LogEvent, type LogRange, readLogEvents } from '../read-log-events.ts';
import type { VerifyDeps } from '../verify-deps.ts';
import { fromRaw, fromRow, postEventRow } from './post-event.ts';
import type { GraphRefusal, StandingEvents } from './standing-events.ts';

const numbers = { firstSeq: z.number(), lastSeq: z.number() };

export const loadPostsStatement = statement('clickhouse/verify/load-posts.sql', {
  params: z.object(numbers),
  row: postEventRow,
});
export const loadLettersStatement = statement('clickhouse/verify/load-letters.sql', {
  params: z.object({ ...numbers, limit: z.number() }),
  row: z.object({
    stage: z.enum(['graph', 'facts']),
    acceptSeq: z.number(),
    eventId: z.string(),
    timestampMs: z.number(),
    acceptedAtMs: z.number(),
    state: z.string(),
    raw: z.string(),
  }),
});
export const pageRefusalsStatement = statement('cypher/verify/page-refusals.cypher', {
  params: z.object({ after: z.number(), limit: z.number() }),
  row: z.object({
    acceptSeq: z.number(),
    eventId: z.string(),
    postId: z.string().nullable(),
    code: z.string(),
    status: z.string().nullable(),
    told: z.boolean().nullable(),
  }),
});

export type Letter = z.output<typeof loadLettersStatement.row>;

type Deps = Pick<VerifyDeps, 'facts' | 'graph' | 'log' | 'limits' | 'onProgress'>;

export async function loadRefusals({ graph, limits }: Deps, lastSeq: number): Promise<Map<number, GraphRefusal>> {
  const refusals = new Map<number, GraphRefusal>();
  for (let after = 0; ; ) {
    const page = await graph.read(pageRefusalsStatement, { after, limit: limits.graphPostsAtOnce });
    for (const { acceptSeq, postId, ...refusal } of page) {
      if (acceptSeq <= lastSeq) refusals.set(acceptSeq, { ...refusal, postId: postId ?? '' });
      after = acceptSeq;
    }
    if (page.length < limits.graphPostsAtOnce || after > lastSeq) return refusals;
  }
}

export async function loadLetters({ facts, limits }: Deps, lastSeq: number): Promise<Letter[]> {
  const letters = await facts.select(loadLettersStatement, { firstSeq: 1, lastSeq, limit: limits.maxLetters });
  if (letters.length === limits.maxLetters) throw new Error(`more than ${limits.maxLetters} dead letters`);
  return letters;
}

/** Adds everything that the facts know of posts up to an accept number; events that wait as letters count as known. */
export async function loadEvents(
  { facts, limits, onProgress }: Deps,
  standing: StandingEvents,
  letters: readonly Letter[],
  lastSeq: number,
): Promise<void> {
  for (const part of stretches(1, lastSeq, limits.factsAtOnce)) {
    for (const row of await facts.select(loadPostsStatement, part)) standing.add(fromRow(row));
    onProgress(`events up to ${part.lastSeq} of ${lastSeq}: ${standing.table.size} posts`);
  }
  addLetters(standing, letters);
}

/** What the facts could not take was accepted all the same, and the graph may have it. */
export function addLetters(standing: StandingEvents, letters: readonly Letter[]): void {
  for (const { raw, acceptSeq, timestampMs } of waitingFactsLetters(letters)) {
    addRaw(standing, { raw, acceptSeq, timestampMs });
  }
}

/** The events of the letters that the facts have still to take. */
export function* waitingFactsLetters(letters: readonly Letter[]): Generator<LogEvent> {
  for (const { stage, state, raw: bytes, acceptSeq, timestampMs } of letters) {
    const raw = stage === 'facts' && state === 'waiting' ? readEvent(bytes) : null;
    if (raw !== null) yield { raw, acceptSeq, timestampMs };
  }
}

/** Adds what the log holds beyond one entry, up to an accept number. */
export async function loadLogEvents(deps: Deps, standing: StandingEvents, range: LogRange): Promise<void> {
  for await (const event of readLogEvents(deps, range)) addRaw(standing, event);
}

function addRaw(standing: StandingEvents, { raw, acceptSeq, timestampMs }: LogEvent): void {
  const event = fromRaw(raw, acceptSeq, timestampMs);
  if (event !== null) standing.add(event);
}

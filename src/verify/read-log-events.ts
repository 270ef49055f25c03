import type { RawEvent } from '../event/envelope.ts';
import { readEvent } from './read-event.ts';
import type { VerifyDeps } from './verify-deps.ts';

/** After one entry, up to an accept number. */
export type LogRange = { after: string; lastSeq: number };

export type LogEvent = { raw: RawEvent; acceptSeq: number; timestampMs: number };

type Deps = Pick<VerifyDeps, 'log' | 'limits'>;

/** What was accepted beyond a watermark; the log keeps that until every store has passed it. */
export async function* readLogEvents({ log, limits }: Deps, { after, lastSeq }: LogRange): AsyncGenerator<LogEvent> {
  for (let position = after; ; ) {
    const entries = await log.read({ after: position, maxEntries: limits.logEntriesAtOnce, blockMs: 0 });
    for (const entry of entries) {
      if (entry.firstSeq > lastSeq) return;
      for (const { bytes, seq, timestampMs } of entry.items) {
        const raw = readEvent(bytes);
        if (raw !== null) yield { raw, acceptSeq: seq, timestampMs };
      }
    }
    const last = entries.at(-1);
    if (last === undefined) return;
    position = last.id;
  }
}

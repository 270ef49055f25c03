import type { VerifyDeps } from './verify-deps.ts';

/** After one entry, up to an accept number. */
export type LogRange = { after: string; lastSeq: number };

export type LogEvent = { value: unknown; seq: number; timestampMs: number };

type Deps = Pick<VerifyDeps, 'log' | 'limits'>;

/** What was accepted beyond a watermark; the log keeps that until every store has passed it. */
export async function* readLogEvents({ log, limits }: Deps, { after, lastSeq }: LogRange): AsyncGenerator<LogEvent> {
  for (let position = after; ; ) {
    const entries = await log.read({ after: position, maxEntries: limits.logEntriesAtOnce, blockMs: 0 });
    for (const entry of entries) {
      if (entry.firstSeq > lastSeq) return;
      const { items } = entry;
      for (const [place, value] of entry.parseItems().entries()) {
        const item = items[place];
        if (item !== undefined) yield { value, seq: item.seq, timestampMs: item.timestampMs };
      }
    }
    const last = entries.at(-1);
    if (last === undefined) return;
    position = last.id;
  }
}

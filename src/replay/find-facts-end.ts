import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import { beforeAllEntries, type EntryId } from '../log/entry-id.ts';
import type { Log } from '../log/open-log.ts';
import { statement } from '../query/statement.ts';
import type { ReplayEnd } from './fill/choose-source.ts';

export const findExtentStatement = statement('clickhouse/replay/find-extent.sql', {
  params: z.object({}),
  row: z.object({ seq: z.number() }),
});

type Deps = { facts: Pick<Facts, 'select'>; log: Pick<Log, 'projectors' | 'readEntry' | 'readProgress'> };

/** How far the facts are whole. Where Redis has forgotten it, they tell it themselves: then nothing is behind them. */
export async function findFactsEnd(deps: Deps, held?: EntryId): Promise<ReplayEnd> {
  const position = held ?? (await deps.log.projectors.readState('facts')).position;
  if (position === beforeAllEntries) {
    const [extent] = await deps.facts.select(findExtentStatement, {});
    return { position, seq: extent?.seq ?? 0 };
  }
  // Trimming leaves the entry at the cursor, so its last number can be read; else the projector's word for it counts.
  const entry = await deps.log.readEntry(position);
  if (entry !== null) return { position, seq: entry.lastSeq };
  const progress = await deps.log.readProgress();
  if (progress.factsPosition === position) return { position, seq: progress.factsSeq };
  throw new Error(
    `the entry ${position} at which the facts stand is gone from the log, and nobody knows how far it reached`,
  );
}

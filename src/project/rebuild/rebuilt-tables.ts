import { z } from 'zod';
import { statement } from '../../query/statement.ts';

const partition = z.object({ partition: z.string() });
const partitionWithout = z.object({ partition: z.string(), without: z.array(z.number()) });
const none = z.object({});

const stretch = z.object({ fromSeq: z.number(), toSeq: z.number(), size: z.number() });
const disagreeing = z.object({ partition: z.string(), bucket: z.number(), source: z.string(), stored: z.string() });

export const fillEventsStatement = statement('clickhouse/project/rebuild/fill-events.sql', {
  params: partitionWithout,
  row: none,
});
export const fillOutcomesStatement = statement('clickhouse/project/rebuild/fill-outcomes.sql', {
  params: partitionWithout,
  row: none,
});
export const fillEventIdsStatement = statement('clickhouse/project/rebuild/fill-event-ids.sql', {
  params: partition,
  row: none,
});
export const fillSharesStatement = statement('clickhouse/project/rebuild/fill-shares.sql', {
  params: partition,
  row: none,
});
export const compareEventIdsStatement = statement('clickhouse/project/rebuild/compare-event-ids.sql', {
  params: stretch,
  row: disagreeing,
});
export const compareSharesStatement = statement('clickhouse/project/rebuild/compare-shares.sql', {
  params: stretch,
  row: disagreeing,
});

/** The tables that hold each accept number once; what their projector inserts is all that they hold. */
export const baseTables = [
  { table: 'events', projector: 'facts', fill: fillEventsStatement },
  { table: 'outcomes', projector: 'facts', fill: fillOutcomesStatement },
] as const;

/**
 * The tables that follow from the facts alone. Another one, a rollup by month say, joins by one entry here: how a
 * partition of it is filled, and how it is compared with what the facts make it. `all` is the partition of a table that
 * has none.
 */
export const derivedTables = [
  { table: 'event_ids', projector: 'facts', fill: fillEventIdsStatement, compare: compareEventIdsStatement },
  { table: 'shares', projector: 'facts', fill: fillSharesStatement, compare: compareSharesStatement },
] as const;

export type BaseTable = (typeof baseTables)[number]['table'];
export type DerivedTable = (typeof derivedTables)[number]['table'];

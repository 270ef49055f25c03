import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import { statement } from '../query/statement.ts';

const upTo = z.object({ upToSeq: z.number() });
const none = z.object({});
const row = z.object({ rows: z.number(), digest: z.string() });

export const digestEventsStatement = statement('clickhouse/replay/digest-events.sql', { params: upTo, row });
export const digestOutcomesStatement = statement('clickhouse/replay/digest-outcomes.sql', { params: upTo, row });
export const digestEventIdsStatement = statement('clickhouse/replay/digest-event-ids.sql', { params: upTo, row });
export const digestSharesStatement = statement('clickhouse/replay/digest-shares.sql', { params: upTo, row });
export const digestLineageStatement = statement('clickhouse/replay/digest-lineage.sql', { params: none, row });
export const digestPlacesStatement = statement('clickhouse/replay/digest-places.sql', { params: none, row });
export const digestCascadesStatement = statement('clickhouse/replay/digest-cascades.sql', { params: none, row });

type Deps = { facts: Pick<Facts, 'select'> };

export type TableDigest = { table: string; rows: number; digest: string };

/** One number a table, computed where the rows are: equal numbers save reading the rows. */
export async function digestFacts({ facts }: Deps, upToSeq: number): Promise<TableDigest[]> {
  return [
    digestOf('events', await facts.select(digestEventsStatement, { upToSeq })),
    digestOf('outcomes', await facts.select(digestOutcomesStatement, { upToSeq })),
    digestOf('event_ids', await facts.select(digestEventIdsStatement, { upToSeq })),
    digestOf('shares', await facts.select(digestSharesStatement, { upToSeq })),
  ];
}

export async function digestLineage({ facts }: Deps): Promise<TableDigest[]> {
  return [
    digestOf('lineage', await facts.select(digestLineageStatement, {})),
    digestOf('places', await facts.select(digestPlacesStatement, {})),
    digestOf('cascades', await facts.select(digestCascadesStatement, {})),
  ];
}

function digestOf(table: string, [digest]: Array<z.output<typeof row>>): TableDigest {
  return { table, rows: digest?.rows ?? 0, digest: digest?.digest ?? '0' };
}

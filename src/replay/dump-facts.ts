import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import { statement } from '../query/statement.ts';
import { type DumpLine, type DumpSection, numberKey } from './dump/dump-line.ts';

const stretch = z.object({ fromSeq: z.number(), toSeq: z.number() });
const page = z.object({ after: z.string(), limit: z.number() });
const pageUpTo = z.object({ after: z.string(), upToSeq: z.number(), limit: z.number() });
const seqLine = z.object({ seq: z.number(), text: z.string() });
const keyLine = z.object({ key: z.string(), text: z.string() });

export const dumpEventsStatement = statement('clickhouse/replay/dump-events.sql', { params: stretch, row: seqLine });
export const dumpOutcomesStatement = statement('clickhouse/replay/dump-outcomes.sql', {
  params: stretch,
  row: seqLine,
});
export const dumpEventIdsStatement = statement('clickhouse/replay/dump-event-ids.sql', {
  params: pageUpTo,
  row: keyLine,
});
export const dumpSharesStatement = statement('clickhouse/replay/dump-shares.sql', { params: pageUpTo, row: keyLine });
export const dumpLineageStatement = statement('clickhouse/replay/dump-lineage.sql', {
  params: page,
  row: z.object({ key: z.string(), lines: z.array(z.string()), linkSeq: z.number() }),
});
export const dumpPlacesStatement = statement('clickhouse/replay/dump-places.sql', { params: page, row: keyLine });
export const dumpCascadesStatement = statement('clickhouse/replay/dump-cascades.sql', { params: page, row: keyLine });

type Select = Pick<Facts, 'select'>;
type Deps = { facts: Select };

export type FactsDumpOptions = { upToSeq: number; pageSize: number };

/** The tables that follow from the raw facts up to an accept number. */
export function dumpFacts({ facts }: Deps, { upToSeq, pageSize }: FactsDumpOptions): DumpSection[] {
  const limit = pageSize;
  return [
    {
      name: 'events',
      lines: () => bySeq((range) => facts.select(dumpEventsStatement, range), { upToSeq, pageSize }),
    },
    {
      name: 'outcomes',
      lines: () => bySeq((range) => facts.select(dumpOutcomesStatement, range), { upToSeq, pageSize }),
    },
    {
      name: 'event_ids',
      lines: () => byKey((after) => facts.select(dumpEventIdsStatement, { after, upToSeq, limit })),
    },
    {
      name: 'shares',
      lines: () => byKey((after) => facts.select(dumpSharesStatement, { after, upToSeq, limit })),
    },
  ];
}

/** The tables that follow from the graph's word, as far as it has been mirrored. */
export function dumpLineage({ facts }: Deps, { pageSize }: Pick<FactsDumpOptions, 'pageSize'>): DumpSection[] {
  const limit = pageSize;
  return [
    { name: 'lineage', lines: () => lineageLines({ facts }, limit) },
    { name: 'places', lines: () => byKey((after) => facts.select(dumpPlacesStatement, { after, limit })) },
    { name: 'cascades', lines: () => byKey((after) => facts.select(dumpCascadesStatement, { after, limit })) },
  ];
}

type SeqRange = { fromSeq: number; toSeq: number };

async function* bySeq(
  read: (range: SeqRange) => Promise<Array<{ seq: number; text: string }>>,
  { upToSeq, pageSize }: FactsDumpOptions,
): AsyncGenerator<DumpLine> {
  for (let fromSeq = 1; fromSeq <= upToSeq; fromSeq += pageSize) {
    const toSeq = Math.min(fromSeq + pageSize - 1, upToSeq);
    for (const { seq, text } of await read({ fromSeq, toSeq })) yield { key: numberKey(seq), text };
  }
}

/** Pages of keys until one brings nothing: a page may hold fewer keys than were asked for, because rows share them. */
async function* byKey<L extends { key: string }>(read: (after: string) => Promise<L[]>): AsyncGenerator<L> {
  for (let after = ''; ; ) {
    const lines = await read(after);
    yield* lines;
    const last = lines.at(-1);
    if (last === undefined) return;
    after = last.key;
  }
}

async function* lineageLines(deps: Deps, limit: number): AsyncGenerator<DumpLine> {
  for await (const { key, lines } of readLineage(deps, limit)) yield { key, text: lines.join(' ') };
}

/** Lineage post by post, with the link numbers, which are no part of the dump. */
export function readLineage({ facts }: Deps, limit: number) {
  return byKey((after) => facts.select(dumpLineageStatement, { after, limit }));
}

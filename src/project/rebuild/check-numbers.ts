import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { type DerivedTable, derivedTables } from './rebuilt-tables.ts';

const stretch = z.object({ fromSeq: z.number(), toSeq: z.number(), size: z.number() });
const some = z.object({ fromSeq: z.number(), toSeq: z.number(), limit: z.number() });
const doubledRow = z.object({
  acceptSeq: z.number(),
  events: z.number(),
  outcomes: z.number(),
  variants: z.number(),
  identities: z.number(),
  partitions: z.array(z.string()),
});

export const countNumbersStatement = statement('clickhouse/project/rebuild/count-numbers.sql', {
  params: stretch,
  row: z.object({ bucket: z.number(), rows: z.number(), numbers: z.number(), accounted: z.number() }),
});
export const findMissingNumbersStatement = statement('clickhouse/project/rebuild/find-missing-numbers.sql', {
  params: some,
  row: z.object({ acceptSeq: z.number() }),
});
export const findDoubledNumbersStatement = statement('clickhouse/project/rebuild/find-doubled-numbers.sql', {
  params: some,
  row: doubledRow,
});

/** Accept numbers from the first to the last, both included, counted in buckets of `size`. */
export type Stretch = { fromSeq: number; toSeq: number; size: number };
export type DoubledNumber = z.output<typeof doubledRow>;

type Deps = { facts: Pick<Facts, 'select'> };

/** Accept numbers of a stretch that the facts do not hold, or hold more than once, the first ones of each bucket. */
export async function checkNumbers(
  { facts }: Deps,
  asked: Stretch,
  limit: number,
): Promise<{ missing: number[]; doubled: DoubledNumber[] }> {
  const counted = await facts.select(countNumbersStatement, asked);
  const byBucket = new Map(counted.map((row) => [row.bucket, row]));
  const missing: number[] = [];
  const doubled: DoubledNumber[] = [];
  for (const bucket of bucketsOf(asked)) {
    const { rows, numbers, accounted } = byBucket.get(bucket.number) ?? { rows: 0, numbers: 0, accounted: 0 };
    const { fromSeq, toSeq } = bucket;
    if (accounted !== toSeq - fromSeq + 1) {
      const found = await facts.select(findMissingNumbersStatement, { fromSeq, toSeq, limit });
      missing.push(...found.map((row) => row.acceptSeq));
    }
    if (rows !== numbers) doubled.push(...(await facts.select(findDoubledNumbersStatement, { fromSeq, toSeq, limit })));
  }
  return { missing, doubled };
}

function* bucketsOf({ fromSeq, toSeq, size }: Stretch): Generator<{ number: number; fromSeq: number; toSeq: number }> {
  for (let number = Math.floor((fromSeq - 1) / size); number * size < toSeq; number += 1) {
    yield { number, fromSeq: Math.max(fromSeq, number * size + 1), toSeq: Math.min(toSeq, (number + 1) * size) };
  }
}

export type DerivedDrift = { table: DerivedTable; partition: string; source: string; stored: string };

/** Partitions of tables that are not what the facts make them. */
export async function checkDerived({ facts }: Deps, asked: Stretch): Promise<DerivedDrift[]> {
  const found: DerivedDrift[] = [];
  for (const { table, compare } of derivedTables) {
    const rows = await facts.select(compare, asked);
    for (const { partition, source, stored } of rows) {
      if (!found.some((drift) => drift.table === table && drift.partition === partition)) {
        found.push({ table, partition, source, stored });
      }
    }
  }
  return found;
}

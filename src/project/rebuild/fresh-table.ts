import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement, withNames } from '../../query/statement.ts';

const none = z.object({});
const partition = z.object({ partition: z.string() });

export const createFreshStatement = statement('clickhouse/project/rebuild/create-fresh.sql', {
  params: none,
  row: none,
});
export const dropFreshStatement = statement('clickhouse/project/rebuild/drop-fresh.sql', { params: none, row: none });
export const swapPartitionStatement = statement('clickhouse/project/rebuild/swap-partition.sql', {
  params: partition,
  row: none,
});
export const attachPartitionStatement = statement('clickhouse/project/rebuild/attach-partition.sql', {
  params: partition,
  row: none,
});

type Deps = { facts: Pick<Facts, 'run'> };

/** An empty table beside another, to be filled and then to take a partition's place or to be added to it. */
export type FreshTable = {
  name: string;
  swap(partition: string): Promise<void>;
  attach(partition: string): Promise<void>;
};

/** Only one works at a time under one suffix, so the name is fixed and what an earlier one left is dropped. */
export async function withFreshTable<T>(
  { facts }: Deps,
  table: string,
  work: (fresh: FreshTable) => Promise<T>,
  suffix = 'fresh',
): Promise<T> {
  const name = `${table}_${suffix}`;
  const names = { table, fresh: name };
  const drop = () => facts.run(withNames(dropFreshStatement, names), {});
  await drop();
  await facts.run(withNames(createFreshStatement, names), {});
  try {
    return await work({
      name,
      swap: (id) => facts.run(withNames(swapPartitionStatement, names), { partition: id }),
      attach: (id) => facts.run(withNames(attachPartitionStatement, names), { partition: id }),
    });
  } finally {
    await drop().catch(() => undefined);
  }
}

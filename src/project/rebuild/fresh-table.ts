import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { type Statement, statement } from '../../query/statement.ts';

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
  const named = <P extends z.ZodObject, R extends z.ZodObject>(written: Statement<P, R>): Statement<P, R> => {
    // ClickHouse takes no parameter for these names; they come from a fixed list, as the names in schema files do.
    const text = written.text.replaceAll('{{table}}', table).replaceAll('{{fresh}}', name);
    return { ...written, text };
  };
  const drop = () => facts.run(named(dropFreshStatement), {});
  await drop();
  await facts.run(named(createFreshStatement), {});
  try {
    return await work({
      name,
      swap: (id) => facts.run(named(swapPartitionStatement), { partition: id }),
      attach: (id) => facts.run(named(attachPartitionStatement), { partition: id }),
    });
  } finally {
    await drop().catch(() => undefined);
  }
}

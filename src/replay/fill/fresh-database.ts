import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const findDatabaseStatement = statement('clickhouse/replay/find-database.sql', {
  params: z.object({ database: z.string() }),
  row: z.object({ name: z.string() }),
});

/** A database beside the live one, with the same schema, in which everything is made anew. */
export type FreshDatabase = {
  name: string;
  liveName: string;
  /** Makes it where it is missing and brings its schema up to date. */
  open(): Promise<Facts>;
  exists(): Promise<boolean>;
  drop(): Promise<void>;
};

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { accountIdOf, type DrawnCascade, timeOf } from './draw-cascade.ts';
import type { Postgres } from './open-postgres.ts';

const rowsAWrite = 10_000;

/** Posts in one table that keeps the root, the parent, the depth and the whole path of each, and users in another. */
const tables = [
  'CREATE TABLE dim_users (user_key bigint PRIMARY KEY, username text NOT NULL)',
  `CREATE TABLE dim_posts (post_key bigint PRIMARY KEY, creator_user_key bigint NOT NULL,
    original_post_key bigint NOT NULL, parent_post_key bigint, share_depth_level int NOT NULL,
    root_post_key bigint NOT NULL, created_timestamp timestamp(3) NOT NULL, is_original boolean NOT NULL,
    content json, share_path text NOT NULL)`,
];
const indexes = [
  'CREATE INDEX ON dim_posts (original_post_key)',
  'CREATE INDEX ON dim_posts (parent_post_key)',
  'CREATE INDEX ON dim_posts (share_path)',
  'CREATE INDEX ON dim_posts (original_post_key, share_depth_level) WHERE is_original = false',
  'VACUUM ANALYZE dim_posts',
  'VACUUM ANALYZE dim_users',
];

/** A cascade whose posts have the keys from `firstKey` on, in order. */
export type KeyedCascade = { cascade: DrawnCascade; firstKey: number };

export async function fillPostgres({ psql, folder }: Postgres, cascades: readonly KeyedCascade[]): Promise<void> {
  for (const text of tables) await psql.ask(text);
  const users = Math.max(...cascades.map(({ cascade }) => cascade.depth.length));
  const usersFile = join(folder, 'users.csv');
  await writeRows(usersFile, users, (seq) => `${seq},${accountIdOf(seq)}`);
  await psql.ask(`COPY dim_users FROM '${usersFile}' CSV`);
  for (const { cascade, firstKey } of cascades) {
    const file = join(folder, `${firstKey}.csv`);
    await writeRows(file, cascade.depth.length, rowsOf(cascade, firstKey));
    await psql.ask(`COPY dim_posts FROM '${file}' CSV`);
  }
  for (const text of indexes) await psql.ask(text);
}

/** The path is that of the parent and one key more, as the table is meant to be filled. */
function rowsOf(cascade: DrawnCascade, firstKey: number): (seq: number) => string {
  const paths: string[] = [];
  return (seq) => {
    const parent = cascade.parentSeq[seq] ?? 0;
    const key = firstKey + seq;
    paths[seq] = seq === 0 ? String(key) : `${paths[parent]}/${key}`;
    const at = new Date(timeOf(cascade, seq)).toISOString().slice(0, -1);
    const place = [firstKey, seq === 0 ? '' : firstKey + parent, cascade.depth[seq] ?? 0, firstKey];
    return [key, seq, ...place, at, seq === 0, '', paths[seq]].join(',');
  };
}

async function writeRows(path: string, count: number, row: (seq: number) => string): Promise<void> {
  const file = createWriteStream(path, { mode: 0o644 });
  for (let from = 0; from < count; from += rowsAWrite) {
    const rows = Array.from({ length: Math.min(rowsAWrite, count - from) }, (_, index) => row(from + index));
    if (!file.write(`${rows.join('\n')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

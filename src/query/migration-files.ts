import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './root.ts';

/** One numbered, forward-only schema file. */
export type Migration = { id: string; checksum: string; text: string };

export type MigrationPlan = { applied: string[]; pending: Migration[] };

const fileName = /^(\d{4}-[a-z0-9-]+)\.(cypher|sql)$/;

/** The schema files of one store, in the order of their numbers. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(join(packageRoot, folder))
    .sort()
    .map((name) => {
      const id = fileName.exec(name)?.[1];
      if (id === undefined) throw new Error(`${folder}/${name} is not named NNNN-what`);
      const text = readFileSync(join(packageRoot, folder, name), 'utf8');
      return { id, text, checksum: createHash('sha256').update(text).digest('hex').slice(0, 16) };
    });
}

/** What is left to do. A file that was changed after it was applied, or is gone, stops everything. */
export function planMigrations(
  files: readonly Migration[],
  applied: ReadonlyArray<{ id: string; checksum: string }>,
): MigrationPlan {
  const byId = new Map(files.map((file) => [file.id, file]));
  for (const { id, checksum } of applied) {
    const file = byId.get(id);
    if (file === undefined) throw new Error(`the store has migration ${id}, which this version does not know`);
    if (file.checksum !== checksum) throw new Error(`migration ${id} was changed after it had been applied`);
  }
  const done = new Set(applied.map(({ id }) => id));
  return { applied: [...done], pending: files.filter((file) => !done.has(file.id)) };
}

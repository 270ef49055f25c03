import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { endLeftovers } from '../supervise/child-records.ts';
import { findPrograms } from '../supervise/find-programs.ts';
import { keepSecrets } from '../supervise/keep-secrets.ts';
import { keepStore } from '../supervise/keep-store.ts';
import { findDieWithUs } from '../supervise/spawn-store.ts';
import { neo4jStore } from '../supervise/stores/neo4j-store.ts';
import { takeLock } from '../supervise/take-lock.ts';

/** A second Neo4j beside the stack's own, for as long as it is needed. */
export type SpareNeo4j = { url: string; user: string; password: string; stop(): Promise<void> };

export type SpareOptions = { home: string; heap?: string; pageCache?: string; say: (line: string) => void };

export function spareHome(home: string): string {
  return join(home, 'replay');
}

/**
 * Its data lies in a folder of its own and stays there when it stops, under the password of the stack's Neo4j, so that
 * the folder can take the place of the other one.
 */
export async function startSpareNeo4j({
  home,
  heap = '1g',
  pageCache = '512m',
  say,
}: SpareOptions): Promise<SpareNeo4j> {
  const folder = spareHome(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = takeLock(folder, 'spare');
  if (lock === undefined) throw new Error(`another replay uses ${folder}`);
  await endLeftovers(folder);
  const { neo4j: password } = keepSecrets(home);
  const { java, neo4jFolder: jars } = await findPrograms();
  const claims = { folder: join(dirname(jars), 'ports'), own: new Set<number>() };
  const store = neo4jStore({ home: folder, java, jars, password, heap, pageCache });
  const kept = keepStore({ home: folder, dieWithUs: findDieWithUs(), claims, say }, store);
  const stop = async () => {
    await kept.stop();
    lock.release();
  };
  try {
    await kept.ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `bolt://127.0.0.1:${kept.port()}`, user: 'neo4j', password, stop };
}

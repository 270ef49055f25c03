import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateJson, writePrivateJson } from '../write-private-file.ts';
import { spareHome } from './start-spare-neo4j.ts';

const Exchange = z.strictObject({ before: z.string() });

/**
 * Puts the spare Neo4j's folder in the place of the stack's own, which is kept beside it. Both must be stopped. What was
 * begun is written down first, so that whoever comes after a crash ends it: see `endExchange`.
 */
export function exchangeNeo4j(home: string, nowMs: number): string {
  const before = `neo4j.before-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`;
  if (!existsSync(spareFolder(home))) throw new Error(`there is no second graph in ${spareHome(home)}`);
  writePrivateJson(recordPath(home), { before });
  endExchange(home);
  return join(home, before);
}

/** Ends an exchange that a crash has cut short; nothing to do in any other case. */
export function endExchange(home: string): void {
  const begun = readPrivateJson(recordPath(home), Exchange);
  if (begun === undefined) return;
  const before = join(home, begun.before);
  const own = join(home, 'neo4j');
  if (!existsSync(before) && existsSync(own)) renameSync(own, before);
  if (existsSync(spareFolder(home))) renameSync(spareFolder(home), own);
  rmSync(recordPath(home), { force: true });
}

function spareFolder(home: string): string {
  return join(spareHome(home), 'neo4j');
}

function recordPath(home: string): string {
  return join(spareHome(home), 'exchange.json');
}

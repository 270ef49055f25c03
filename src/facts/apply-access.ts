import { createHash } from 'node:crypto';
import { readMigrations } from '../query/migration-files.ts';
import type { Facts } from './facts.ts';

/** What was applied, and why the rest was not. */
export type AccessReport = { applied: string[]; refused: string | null };

/**
 * Makes the analysts' user, its limits and its rights. Each statement can be repeated. A server that keeps its users
 * elsewhere, as the local engine does, refuses: that is said and is no fault, because the service needs no analyst.
 */
export async function applyAccess(
  facts: Pick<Facts, 'command'>,
  analystPassword: string | undefined,
): Promise<AccessReport> {
  const applied: string[] = [];
  if (analystPassword === undefined) return { applied, refused: 'ANALYST_PASSWORD is not set' };
  for (const { id, text } of readMigrations('clickhouse/access')) {
    try {
      await facts.command(withHash(text, analystPassword));
    } catch (fault) {
      return { applied, refused: `${id}: ${fault instanceof Error ? fault.message : String(fault)}` };
    }
    applied.push(id);
  }
  return { applied, refused: null };
}

function withHash(text: string, password: string): string {
  return text.replaceAll('{{analystPasswordSha256}}', createHash('sha256').update(password).digest('hex'));
}

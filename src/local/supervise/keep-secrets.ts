import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateJson, writePrivateJson } from '../write-private-file.ts';

const Secrets = z.strictObject({ neo4j: z.string(), clickhouse: z.string(), analyst: z.string(), redis: z.string() });

export type Secrets = z.infer<typeof Secrets>;

/** The generated passwords: made once, because Neo4j keeps the one it was first started with. */
export function keepSecrets(home: string): Secrets {
  const path = join(home, 'secrets.json');
  const kept = readPrivateJson(path, Secrets);
  if (kept !== undefined) return kept;
  const made = { neo4j: generate(), clickhouse: generate(), analyst: generate(), redis: generate() };
  writePrivateJson(path, made);
  return made;
}

function generate(): string {
  return randomBytes(24).toString('hex');
}

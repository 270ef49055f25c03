import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { packageRoot } from '../../query/root.ts';

const Programs = z.object({
  redisServer: z.string({ error: 'redis-server 6.2 or newer is missing; `sharetrail doctor` says how to get it' }),
  java: z.string({ error: 'Java 17 or newer is missing; `sharetrail doctor` says how to get it' }),
  neo4jFolder: z.string(),
  hasNeo4j: z.literal(true, { error: 'the Neo4j jars are missing; `npm start` fetches them' }),
});

export type Programs = z.infer<typeof Programs>;

/** The set-up's own search, which has to be plain JavaScript, so that there is one and not two. */
export async function findPrograms(): Promise<Programs> {
  const path = join(packageRoot, 'src', 'local', 'setup', 'find-programs.mjs');
  const module: { findPrograms(): unknown } = await import(pathToFileURL(path).href);
  const found = Programs.safeParse(module.findPrograms());
  if (found.success) return found.data;
  throw new Error(found.error.issues.map((issue) => issue.message).join('; '));
}

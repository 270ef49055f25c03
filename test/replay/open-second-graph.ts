import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Graph, openGraph } from '../../src/graph/graph.ts';
import { migrateGraph } from '../../src/graph/migrate-graph.ts';
import { packageRoot } from '../../src/query/root.ts';

const told = z.object({ url: z.string(), user: z.string(), password: z.string() });

/** An empty graph on a second server of this test's own. */
export async function openSecondGraph(home: string): Promise<{ graph: Graph; stop(): Promise<void> }> {
  const args = ['--import', 'tsx', join(packageRoot, 'test/replay/hold-spare.mjs'), home];
  const child = spawn(process.execPath, args, { cwd: packageRoot, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const line = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error('the second Neo4j did not start')));
  });
  const endpoint = told.parse(JSON.parse(await line));
  const graph = openGraph({ ...endpoint, database: 'neo4j', poolSize: 5, timeoutMs: 20_000 });
  await migrateGraph(graph);
  return {
    graph,
    stop: async () => {
      await graph.close();
      child.stdin.end();
      await ended;
    },
  };
}

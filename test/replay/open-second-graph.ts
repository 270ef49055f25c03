import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Graph, openGraph } from '../../src/graph/graph.ts';
import { migrateGraph } from '../../src/graph/migrate-graph.ts';
import { packageRoot } from '../../src/query/root.ts';
import { emptyGraph } from '../setup/open-test-stores.ts';

const told = z.object({ url: z.string(), user: z.string(), password: z.string() });

type Second = { graph: Graph; stop(): Promise<void> };

/** An empty graph on a second server: the one that the environment names, else one of this test's own. */
export async function openSecondGraph(home: string): Promise<Second> {
  const { REPLAY_NEO4J_URL: url, REPLAY_NEO4J_PASSWORD: password } = process.env;
  if (url === undefined) return startSecondGraph(home);
  const graph = await open({ url, user: 'neo4j', password: password ?? '' });
  await emptyGraph(graph);
  return { graph, stop: () => graph.close() };
}

async function open(endpoint: z.output<typeof told>): Promise<Graph> {
  const graph = openGraph({ ...endpoint, database: 'neo4j', poolSize: 5, timeoutMs: 20_000 });
  await migrateGraph(graph);
  return graph;
}

async function startSecondGraph(home: string): Promise<Second> {
  const args = ['--import', 'tsx', join(packageRoot, 'test/replay/hold-spare.mjs'), home];
  const child = spawn(process.execPath, args, { cwd: packageRoot, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const line = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error('the second Neo4j did not start')));
  });
  const graph = await open(told.parse(JSON.parse(await line)));
  return {
    graph,
    stop: async () => {
      await graph.close();
      child.stdin.end();
      await ended;
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/query/root.ts';
import { buildService } from '../setup/build-service.ts';
import { emptyGraph, openEmptyGraph } from '../setup/open-test-stores.ts';

/** The compiled service, a process of its own, on stores that hold nothing yet. */
export type ServiceUnderTest = {
  url: string;
  /** What it printed, for when a test has to explain itself. */
  output: string[];
  kill(signal: NodeJS.Signals): Promise<number | null>;
};

export type ServiceStores = { variables: NodeJS.ProcessEnv };

/** Names of this test's own in ClickHouse and Redis, and an empty graph. */
export async function freshServiceStores(): Promise<ServiceStores> {
  const graph = await openEmptyGraph();
  await emptyGraph(graph);
  await graph.close();
  const name = randomUUID().replaceAll('-', '');
  const own = {
    CLICKHOUSE_DATABASE: `whole_${name}`,
    REDIS_PREFIX: `{whole-${name}}`,
    REDIS_JOBS_PREFIX: `{whole-jobs-${name}}`,
    PORT: '0',
    LOG_LEVEL: 'warn',
    CHECK_REPLIES: 'true',
    // Stories lie on fixed days, which lie further back on every day: kept for 90 of them they would be let go.
    RETENTION_QUARTER_DAYS: '0',
  };
  return { variables: { ...process.env, ...own } };
}

export async function startService(
  { variables }: ServiceStores,
  roles = 'api,project,jobs',
): Promise<ServiceUnderTest> {
  const child = spawn(process.execPath, [await buildService(), 'serve', '--roles', roles], {
    env: variables,
    cwd: packageRoot,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const output: string[] = [];
  const url = await readUrl(child, output);
  return {
    url,
    output,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

function readUrl(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stderr === null) throw new Error('the service has no standard error');
    createInterface({ input: child.stderr }).on('line', (line) => {
      output.push(line);
      const url = /answers at (\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
      else if (line === 'sharetrail works without a door') resolve('');
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${output.join('\n')}`)));
  });
}

export async function readJson(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url);
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null) throw new Error(`${url} answered no object`);
  return { ...body };
}

/** Asks again and again until it is so, or says what it last was. */
export async function eventually(question: () => Promise<unknown>, timeoutMs: number): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer === true) return;
    if (Date.now() > deadlineMs) throw new Error(`still so after ${timeoutMs} ms: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachStack } from '../../src/local/attach-stack.ts';
import { buildService } from './build-service.ts';
import { holdStores, type RunningStores } from './running-stores.ts';
import { startDockerStores } from './start-docker-stores.ts';
import { makeTestHome } from './test-home.ts';

/** Before all tests: three real stores, and their addresses in the environment as a service would find them. */
export default async function startStores(): Promise<void> {
  const home = makeTestHome();
  const notRun = join(home, 'not-run-here.txt');
  writeFileSync(notRun, '');
  Object.assign(process.env, { SHARETRAIL_TEST_HOME: home, SHARETRAIL_NOT_RUN: notRun });
  const [stores] = await Promise.all([pickStores(home), buildService()]);
  Object.assign(process.env, stores.endpoints);
  holdStores(stores);
}

async function pickStores(home: string): Promise<RunningStores> {
  const { NEO4J_URL, CLICKHOUSE_URL, REDIS_URL, STORES } = process.env;
  if (NEO4J_URL && CLICKHOUSE_URL && REDIS_URL) return { endpoints: {}, stop: async () => undefined };
  return (STORES === 'docker' ? await startDockerStores() : undefined) ?? (await startLocalStores(home));
}

async function startLocalStores(home: string): Promise<RunningStores> {
  const stack = await attachStack({ home, onProgress: (line) => process.stderr.write(`  ${line}\n`) });
  return { endpoints: stack.endpoints, stop: () => stack.detach({ stopNow: true }) };
}

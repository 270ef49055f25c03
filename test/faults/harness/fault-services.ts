import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Endpoints } from '../../../src/local/endpoints.ts';
import { packageRoot } from '../../../src/query/root.ts';
import { buildService } from '../../setup/build-service.ts';
import type { Names } from '../oracle/ask-stores.ts';
import type { FaultStack } from './fault-stack.ts';
import { freePort } from './free-port.ts';
import { type KeptService, keepService, type ServicePlan } from './keep-service.ts';

/** The processes of one service on one set of stores, as a machine that runs roles apart has them. */
export type FaultServices = {
  names: Names;
  all: readonly KeptService[];
  of(role: string): readonly KeptService[];
  add(name: string, roles: string, changes?: Partial<ServicePlan>): Promise<KeptService>;
  urls(): readonly string[];
  /** One of the program's other commands, on the same stores. */
  run(args: readonly string[]): Promise<{ code: number | null; output: string; told: string }>;
  waitUntilReady(timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
};

/** `endpoints`: where the services find the stores, for when a proxy stands between. */
type Options = { variables?: NodeJS.ProcessEnv; endpoints?: Endpoints };

export function freshNames(): Names {
  const name = randomUUID().replaceAll('-', '');
  return { database: `faults_${name}`, prefix: `{faults-${name}}`, jobsPrefix: `{faults-jobs-${name}}` };
}

export async function openFaultServices(
  stack: FaultStack,
  { variables = {}, endpoints = stack.endpoints }: Options = {},
): Promise<FaultServices> {
  const entry = await buildService();
  const names = freshNames();
  const all: KeptService[] = [];
  const urls: string[] = [];
  const shared = {
    ...process.env,
    ...endpoints,
    CLICKHOUSE_DATABASE: names.database,
    REDIS_PREFIX: names.prefix,
    REDIS_JOBS_PREFIX: names.jobsPrefix,
    LOG_LEVEL: 'warn',
    ...variables,
  };
  return {
    names,
    all,
    of: (role) => all.filter(({ roles }) => roles.split(',').includes(role)),
    add: async (name, roles, changes = {}) => {
      const port = await freePort();
      const plan = { name, roles, entry, home: stack.home, variables: { ...shared, PORT: String(port) }, ...changes };
      const service = keepService({ ...plan, variables: { ...plan.variables, PORT: String(port) } });
      all.push(service);
      if (roles.includes('api')) urls.push(`http://127.0.0.1:${port}`);
      return service;
    },
    urls: () => urls,
    run: (args) => runCommand(entry, args, shared),
    waitUntilReady: async (timeoutMs) => {
      await Promise.all(all.map((service) => service.waitUntilReady(timeoutMs)));
    },
    stop: async () => {
      await Promise.all(all.map((service) => service.stop()));
    },
  };
}

async function runCommand(entry: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [entry, ...args], { env, cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, told] = [text(child.stdout), text(child.stderr)];
  await once(child, 'close');
  return { code: child.exitCode, output: await output, told: await told };
}

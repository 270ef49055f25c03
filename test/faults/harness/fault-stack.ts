import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import { z } from 'zod';
import { findSupervisor } from '../../../src/local/attach/supervisor-record.ts';
import { attachStack } from '../../../src/local/attach-stack.ts';
import type { Endpoints } from '../../../src/local/endpoints.ts';
import { isAlive, ProcessIdentity, signalProcess } from '../../../src/local/supervise/process-identity.ts';
import { readPrivateJson } from '../../../src/local/write-private-file.ts';
import { packageRoot } from '../../../src/query/root.ts';

export const storeNames = ['redis', 'clickhouse', 'neo4j'] as const;
export type StoreName = (typeof storeNames)[number];

/** Three stores that may be killed, frozen and kept down; only processes that this stack started are touched. */
export type FaultStack = {
  home: string;
  endpoints: Endpoints;
  signal(store: StoreName, signal: NodeJS.Signals): boolean;
  pid(store: StoreName): number;
  /** Kills the store and lets nobody start it again before the time is over. */
  keepDown(store: StoreName, forMs: number): Promise<void>;
  answers(store: StoreName): Promise<boolean>;
  waitUntilAnswers(store: StoreName, timeoutMs: number): Promise<void>;
  waitUntilAllAnswer(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
};

const Children = z.record(z.string(), ProcessIdentity);
const lookAgainMs = 50;
const answerTimeoutMs = 1000;

/** One home for all fault tests of a run: a stack that another file let go a moment ago is found and used again. */
function faultHome(): string {
  const { SHARETRAIL_FAULT_HOME: named, SHARETRAIL_TEST_HOME: ofTests } = process.env;
  const own = join(packageRoot, 'node_modules', '.cache', 'sharetrail-faults', String(process.pid));
  return named ?? join(ofTests ?? own, 'faults');
}

export async function openFaultStack(onProgress: (line: string) => void = () => undefined): Promise<FaultStack> {
  const home = faultHome();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const { endpoints, detach } = await attachStack({ home, onProgress });
  const identify = (store: StoreName) => identifyStore(home, store);
  const answers = (store: StoreName) => answersAt(store, endpoints);
  const waitUntilAnswers = (store: StoreName, timeoutMs: number) => waitFor(store, () => answers(store), timeoutMs);
  return {
    home,
    endpoints,
    signal: (store, signal) => signalProcess(identify(store), signal),
    pid: (store) => identify(store).pid,
    keepDown: async (store, forMs) => {
      const supervisor = findSupervisor(home);
      if (supervisor === undefined) throw new Error('the stack has no supervisor');
      const { pid, start } = supervisor;
      signalProcess({ pid, start }, 'SIGSTOP');
      try {
        const victim = identify(store);
        signalProcess(victim, 'SIGKILL');
        await pause(forMs);
      } finally {
        signalProcess({ pid, start }, 'SIGCONT');
      }
    },
    answers,
    waitUntilAnswers,
    waitUntilAllAnswer: async (timeoutMs) => {
      await Promise.all(storeNames.map((store) => waitUntilAnswers(store, timeoutMs)));
    },
    close: () => detach(),
  };
}

function identifyStore(home: string, store: StoreName): ProcessIdentity {
  const identity = readPrivateJson(join(home, 'run', 'children.json'), Children)?.[store];
  if (identity === undefined) throw new Error(`no process of ${store} is on record`);
  return identity;
}

/** A child that was killed and not started again yet has no living process on record. */
export function isStoreAlive(home: string, store: StoreName): boolean {
  return isAlive(identifyStore(home, store));
}

async function waitFor(what: string, isSo: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadlineMs) throw new Error(`${what} does not answer within ${timeoutMs} ms`);
    await pause(lookAgainMs);
  }
}

async function answersAt(store: StoreName, endpoints: Endpoints): Promise<boolean> {
  switch (store) {
    case 'redis':
      return exchange(endpoints.REDIS_URL, redisGreeting(endpoints.REDIS_URL), '+PONG');
    case 'clickhouse':
      return fetch(`${endpoints.CLICKHOUSE_URL}/ping`, { signal: AbortSignal.timeout(answerTimeoutMs) })
        .then(async (answer) => (await answer.text()).startsWith('Ok.'))
        .catch(() => false);
    case 'neo4j':
      return answersQuery(endpoints);
  }
}

/** Bolt is spoken before the database is open, so only a query tells. */
async function answersQuery({ NEO4J_URL, NEO4J_USER, NEO4J_PASSWORD }: Endpoints): Promise<boolean> {
  const driver = neo4j.driver(NEO4J_URL, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), {
    connectionTimeout: answerTimeoutMs,
    maxConnectionPoolSize: 1,
  });
  const session = driver.session({ database: 'neo4j' });
  try {
    await session.run('RETURN 1', {}, { timeout: answerTimeoutMs });
    return true;
  } catch {
    return false;
  } finally {
    await driver.close();
  }
}

function redisGreeting(url: string): Buffer {
  return Buffer.from(`AUTH ${new URL(url).password}\r\nPING\r\n`);
}

function exchange(url: string, greeting: Buffer, expected: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = '';
    const end = (isAnswered: boolean) => {
      socket.destroy();
      resolve(isAnswered);
    };
    socket.setTimeout(answerTimeoutMs, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('connect', () => socket.write(greeting));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes(expected)) end(true);
      else if (answer.includes('-LOADING') || answer.includes('-ERR')) end(false);
    });
  });
}

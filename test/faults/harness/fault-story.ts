import type { Endpoints } from '../../../src/local/endpoints.ts';
import { type History, openHistory } from '../load/history.ts';
import { type LoadItem, makeBatches } from '../load/make-batches.ts';
import { type Attempt, deliver, type RunningLoad, startLoad } from '../load/send-load.ts';
import { type AskStores, openAskStores } from '../oracle/ask-stores.ts';
import { askVerify } from '../oracle/ask-verify.ts';
import { checkServices } from '../oracle/check-services.ts';
import { judge, type Verdict } from '../oracle/judge.ts';
import { waitUntilAgreed } from '../oracle/measure-agreement.ts';
import { type WatchedCursors, watchCursors } from '../oracle/watch-cursors.ts';
import { emptyGraph } from './empty-graph.ts';
import { type FaultProxy, openFaultProxy } from './fault-proxy.ts';
import { type FaultServices, openFaultServices } from './fault-services.ts';
import { type FaultStack, type StoreName, storeNames } from './fault-stack.ts';

/** One fault test: services on names of their own, a load with its history, and the oracle at the end. */
export type Story = {
  stack: FaultStack;
  services: FaultServices;
  ask: AskStores;
  history: History;
  attempts: Attempt[];
  /** Between the services and the stores; the oracle asks the stores themselves. */
  proxies: Readonly<Record<StoreName, FaultProxy>>;
  load(batchesPerSecond?: number): RunningLoad;
  send(batches: number): Promise<void>;
  sendItems(items: readonly LoadItem[]): Promise<void>;
  /** Waits until the stores agree, and recounts everything; the answer is every fault found. */
  settle(timeoutMs?: number): Promise<{ faults: string[]; agreedMs: number; verdict: Verdict }>;
  close(): Promise<void>;
};

/** `redisUrl`: a Redis of the test's own in place of the stack's. */
type Options = { seed: number; variables?: NodeJS.ProcessEnv; redisUrl?: string };

const agreeTimeoutMs = 180_000;

export async function openStory(
  stack: FaultStack,
  { seed, variables = {}, redisUrl = stack.endpoints.REDIS_URL }: Options,
): Promise<Story> {
  const stores = { ...stack.endpoints, REDIS_URL: redisUrl };
  await stack.waitUntilAllAnswer(agreeTimeoutMs);
  await emptyGraph(stack.endpoints);
  const proxies = await openProxies(stores);
  const endpoints = through(stores, proxies);
  const services = await openFaultServices(stack, { variables, endpoints });
  const ask = openAskStores(stores, services.names);
  const cursors = watchCursors(ask, services.names);
  const history = openHistory();
  const attempts: Attempt[] = [];
  const batches = makeBatches({ seed, prefix: `s${seed}-`, endAtMs: Date.now(), events: 20_000 });
  const options = {
    urls: services.urls,
    history,
    senders: 2,
    onAttempt: (attempt: Attempt) => void attempts.push(attempt),
  };
  const sendItems = (items: readonly LoadItem[]) =>
    deliver({ ...options, batchesPerSecond: 1, givesUp: 0 }, items, Math.random);
  return {
    stack,
    services,
    ask,
    history,
    attempts,
    proxies,
    load: (batchesPerSecond = 8) => startLoad({ ...options, batches, seed, batchesPerSecond }),
    send: async (count) => {
      for (let sent = 0; sent < count; sent += 1) await sendItems(batches.next().value ?? []);
    },
    sendItems,
    settle: (timeoutMs = agreeTimeoutMs) => settle({ home: stack.home, services, ask, history, cursors }, timeoutMs),
    close: async () => {
      cursors.stop();
      await services.stop();
      await ask.close();
      await Promise.all(storeNames.map((store) => proxies[store].close()));
    },
  };
}

type Settling = { home: string; services: FaultServices; ask: AskStores; history: History; cursors: WatchedCursors };

async function settle({ home, services, ask, history, cursors }: Settling, timeoutMs: number) {
  const { ms: agreedMs } = await waitUntilAgreed(ask, services.names, timeoutMs).catch((error: unknown) => {
    const outputs = services.all.map((service) => `${service.name}: ${service.output().slice(-2500)}`);
    throw new Error(`${String(error)}\n${outputs.join('\n')}`);
  });
  const verdict = await judge(ask, services.names, history);
  const second = await askVerify(services, home, history);
  const faults = [...verdict.faults, ...second, ...cursors.faults(), ...(await checkServices(services))];
  return { faults, agreedMs, verdict };
}

async function openProxies(endpoints: Endpoints): Promise<Record<StoreName, FaultProxy>> {
  const open = (url: string) => {
    const { hostname: host, port } = new URL(url);
    return openFaultProxy({ host, port: Number(port) });
  };
  const [redis, clickhouse, neo4j] = await Promise.all([
    open(endpoints.REDIS_URL),
    open(endpoints.CLICKHOUSE_URL),
    open(endpoints.NEO4J_URL),
  ]);
  return { redis, clickhouse, neo4j };
}

function through(endpoints: Endpoints, proxies: Record<StoreName, FaultProxy>): Endpoints {
  const at = (url: string, port: number) => {
    const moved = new URL(url);
    moved.port = String(port);
    return moved.toString().replace(/\/$/, '');
  };
  return {
    ...endpoints,
    REDIS_URL: at(endpoints.REDIS_URL, proxies.redis.port),
    CLICKHOUSE_URL: at(endpoints.CLICKHOUSE_URL, proxies.clickhouse.port),
    NEO4J_URL: at(endpoints.NEO4J_URL, proxies.neo4j.port),
  };
}

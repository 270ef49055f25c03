import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Endpoints, writeEndpoints } from '../endpoints.ts';
import { readPrivateJson, writePrivateJson } from '../write-private-file.ts';
import { findPrograms, type Programs } from './find-programs.ts';
import { keepSecrets, type Secrets } from './keep-secrets.ts';
import { type KeptStore, keepStore } from './keep-store.ts';
import { findDieWithUs } from './spawn-store.ts';
import { clickhouseStore } from './stores/clickhouse-store.ts';
import { neo4jStore } from './stores/neo4j-store.ts';
import { redisStore } from './stores/redis-store.ts';
import type { Store } from './stores/store.ts';

export type StackSettings = { neo4jHeap: string; neo4jPageCache: string; redisMaxMemory: string };
type Deps = { home: string; settings: StackSettings; say: (line: string) => void };

export type Stack = { ready: Promise<Endpoints>; stop(): Promise<void> };
type KeptStack = { redis: KeptStore; neo4j: KeptStore; clickhouse: KeptStore };

const Ports = z.strictObject({ redis: z.int(), neo4j: z.int(), clickhouse: z.int() });

export async function runStack(deps: Deps): Promise<Stack> {
  const secrets = keepSecrets(deps.home);
  const programs = await findPrograms();
  const stores = makeStores(deps, secrets, programs);
  // Beside the jars, because that folder is shared by all stacks of one user.
  const claims = { folder: join(dirname(programs.neo4jFolder), 'ports'), own: new Set<number>() };
  const remembered = readPrivateJson(portsPath(deps.home), Ports);
  const dieWithUs = findDieWithUs();
  const keep = (store: Store) =>
    keepStore({ ...deps, dieWithUs, claims }, { ...store, wantedPort: remembered?.[store.name] ?? store.wantedPort });
  const kept = { neo4j: keep(stores.neo4j), clickhouse: keep(stores.clickhouse), redis: keep(stores.redis) };
  return { ready: publishWhenReady(deps.home, kept, secrets), stop: () => stopInOrder(kept) };
}

function makeStores(
  { home, settings }: Deps,
  secrets: Secrets,
  { redisServer, java, neo4jFolder: jars }: Programs,
): Record<keyof KeptStack, Store> {
  const { neo4jHeap: heap, neo4jPageCache: pageCache, redisMaxMemory: maxMemory } = settings;
  return {
    redis: redisStore({ home, redisServer, password: secrets.redis, maxMemory }),
    neo4j: neo4jStore({ home, java, jars, password: secrets.neo4j, heap, pageCache }),
    clickhouse: clickhouseStore({ home, password: secrets.clickhouse, analystPassword: secrets.analyst }),
  };
}

async function publishWhenReady(home: string, kept: KeptStack, secrets: Secrets): Promise<Endpoints> {
  await Promise.all([kept.redis.ready, kept.neo4j.ready, kept.clickhouse.ready]);
  const ports = { redis: kept.redis.port(), neo4j: kept.neo4j.port(), clickhouse: kept.clickhouse.port() };
  const endpoints = makeEndpoints(ports, secrets);
  writePrivateJson(portsPath(home), ports);
  writeEndpoints(home, endpoints);
  return endpoints;
}

function makeEndpoints(ports: z.infer<typeof Ports>, secrets: Secrets): Endpoints {
  return {
    NEO4J_URL: `bolt://127.0.0.1:${ports.neo4j}`,
    NEO4J_USER: 'neo4j',
    NEO4J_PASSWORD: secrets.neo4j,
    CLICKHOUSE_URL: `http://127.0.0.1:${ports.clickhouse}`,
    CLICKHOUSE_USER: 'sharetrail',
    CLICKHOUSE_PASSWORD: secrets.clickhouse,
    CLICKHOUSE_DATABASE: 'sharetrail',
    REDIS_URL: `redis://:${secrets.redis}@127.0.0.1:${ports.redis}`,
    ANALYST_USER: 'analyst',
    ANALYST_PASSWORD: secrets.analyst,
  };
}

/** The log goes last: what the others still hold is measured against it. */
async function stopInOrder({ clickhouse, neo4j, redis }: KeptStack): Promise<void> {
  await clickhouse.stop();
  await neo4j.stop();
  await redis.stop();
}

function portsPath(home: string): string {
  return join(home, 'ports.json');
}

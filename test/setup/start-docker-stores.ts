import { randomBytes } from 'node:crypto';
import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer, Wait } from 'testcontainers';
import type { Endpoints } from '../../src/local/endpoints.ts';
import { readCompose } from './read-compose.ts';
import type { RunningStores } from './running-stores.ts';

const startupTimeoutMs = 180_000;

/** The same images as docker-compose.yml; undefined where no Docker engine answers, and the local stack takes over. */
export async function startDockerStores(): Promise<RunningStores | undefined> {
  if (!(await answersDocker())) return undefined;
  const password = randomBytes(16).toString('hex');
  const [neo4j, clickhouse, redis] = await Promise.all([
    startNeo4j(password),
    startClickhouse(password),
    startRedis(password),
  ]);
  return {
    endpoints: makeEndpoints({ neo4j, clickhouse, redis }, password),
    stop: async () => void (await Promise.all([neo4j.stop(), clickhouse.stop(), redis.stop()])),
  };
}

async function answersDocker(): Promise<boolean> {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}

function startNeo4j(password: string): Promise<StartedTestContainer> {
  return container('neo4j')
    .withEnvironment({ NEO4J_AUTH: `neo4j/${password}`, NEO4J_dbms_usage__report_enabled: 'false' })
    .withExposedPorts(7687)
    .withWaitStrategy(Wait.forLogMessage('Started.'))
    .start();
}

function startClickhouse(password: string): Promise<StartedTestContainer> {
  return container('clickhouse')
    .withEnvironment({
      CLICKHOUSE_DB: 'sharetrail',
      CLICKHOUSE_USER: 'sharetrail',
      CLICKHOUSE_PASSWORD: password,
      CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT: '1',
    })
    .withExposedPorts(8123)
    .withWaitStrategy(Wait.forHttp('/ping', 8123))
    .start();
}

function startRedis(password: string): Promise<StartedTestContainer> {
  const command = readCompose().services.redis.command ?? [];
  return container('redis')
    .withCommand(command.map((part) => part.replace(/^\$\{REDIS_PASSWORD.*\}$/, password)))
    .withExposedPorts(6379)
    .withWaitStrategy(Wait.forLogMessage('Ready to accept connections'))
    .start();
}

function container(name: 'neo4j' | 'clickhouse' | 'redis'): GenericContainer {
  const image = readCompose().services[name].image;
  if (image === undefined) throw new Error(`docker-compose.yml names no image for ${name}`);
  return new GenericContainer(image).withStartupTimeout(startupTimeoutMs);
}

type Started = Record<'neo4j' | 'clickhouse' | 'redis', StartedTestContainer>;

function makeEndpoints({ neo4j, clickhouse, redis }: Started, password: string): Endpoints {
  return {
    NEO4J_URL: `bolt://${neo4j.getHost()}:${neo4j.getMappedPort(7687)}`,
    NEO4J_USER: 'neo4j',
    NEO4J_PASSWORD: password,
    CLICKHOUSE_URL: `http://${clickhouse.getHost()}:${clickhouse.getMappedPort(8123)}`,
    CLICKHOUSE_USER: 'sharetrail',
    CLICKHOUSE_PASSWORD: password,
    CLICKHOUSE_DATABASE: 'sharetrail',
    REDIS_URL: `redis://:${password}@${redis.getHost()}:${redis.getMappedPort(6379)}`,
    ANALYST_USER: 'analyst',
    ANALYST_PASSWORD: password,
  };
}

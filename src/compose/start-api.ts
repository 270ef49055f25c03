import { setTimeout as delay } from 'node:timers/promises';
import { openCascades } from '../cascade/open-cascades.ts';
import type { Config } from '../config.ts';
import { buildApp } from '../http/build-app.ts';
import type { RequestLimits } from '../http/limit/limit-requests.ts';
import { listen } from '../http/listen.ts';
import { keepQuality } from '../ingest/quality/keep-quality.ts';
import { openRawLine, type RawLine } from '../log/redis/open-raw-line.ts';
import type { Logger } from '../observe/create-logger.ts';
import type { Metrics } from '../observe/create-metrics.ts';
import { faultToProblem } from './fault-to-problem.ts';
import { openIntake } from './open-intake.ts';
import type { Stores } from './open-stores.ts';
import { serviceRoutes } from './service-routes.ts';

type Parts = { config: Config; stores: Stores; logger: Logger; metrics: Metrics };

export type RunningApi = { name: string; url: string; close(): Promise<void> };

/** The role api: the door with its keeper and its limits. It says that it is about to close before it closes. */
export async function startApi({ stores: unlimited, ...parts }: Parts): Promise<RunningApi> {
  const { config, logger, metrics } = parts;
  const stores = limitReads(config, unlimited);
  const cascades = openCascades(stores, { ...config.cascade, maxBytes: config.cascade.cacheBytes });
  const [intake, line] = await Promise.all([openIntake({ ...parts, stores }), openCounterLine(config)]);
  const state = { isStopping: false };
  const { checkReplies, trustProxy } = config;
  const quality = keepQuality({ ...metrics, log: stores.log, onFault: countFault(logger) }, config.quality);
  const routes = serviceRoutes({ ...parts, stores, cascades, intake, quality, isStopping: () => state.isStopping });
  const requestLimits = requestLimitsOf(config, line);
  const app = buildApp({ routes, logger, metrics, faultToProblem, checkReplies, trustProxy, requestLimits });
  const listening = await listen({ app, host: config.host, port: config.port, ports: config.portsToTry });
  logger.info({ url: listening.url }, 'listening');
  return {
    name: 'api',
    url: listening.url,
    close: async () => {
      state.isStopping = true;
      listening.drain();
      await delay(config.drainMs);
      await listening.close(config.shutdownMs / 2);
      await quality.stop();
      await intake.stop();
      line.close();
      await cascades.close();
    },
  };
}

/** What anyone may ask for is ended in time; what compares and recounts whole stores in this process is not. */
function limitReads({ neo4j, clickhouse }: Config, stores: Stores): Stores {
  return {
    ...stores,
    graph: stores.graph.withReadTimeout(neo4j.readTimeoutMs),
    facts: stores.facts.withReadLimits(clickhouse),
  };
}

function countFault(logger: Logger): (err: unknown) => void {
  return (err) => logger.warn({ err }, 'the counts of quality cannot be written down');
}

function openCounterLine({ redis, rateLimit }: Config): Promise<RawLine> {
  return openRawLine({ url: redis.url, name: 'sharetrail-limits', answerTimeoutMs: rateLimit.answerTimeoutMs });
}

function requestLimitsOf({ redis, rateLimit }: Config, line: RawLine): RequestLimits {
  return { ...rateLimit, prefix: `${redis.prefix}:limits`, sendCommand: line.send };
}

import { buildApp } from '../../src/http/build-app.ts';
import { type Listening, type ListenOptions, listen } from '../../src/http/listen.ts';
import type { FaultToProblem } from '../../src/http/problem.ts';
import type { MountedRoute } from '../../src/http/route.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { createMetrics, type Metrics } from '../../src/observe/create-metrics.ts';

export type TestApp = Listening & { metrics: Metrics; logged: Array<Record<string, unknown>>; rawLog: string[] };

type Options = {
  routes: readonly MountedRoute[];
  faultToProblem?: FaultToProblem;
  checkReplies?: boolean;
  metrics?: Metrics;
} & Pick<ListenOptions, 'timeouts' | 'maxConnections'>;

/** A real server on a free port, with its log lines kept. */
export async function startApp({ routes, timeouts, maxConnections, ...rest }: Options): Promise<TestApp> {
  const rawLog: string[] = [];
  const logged: Array<Record<string, unknown>> = [];
  const destination = {
    write: (line: string): void => {
      rawLog.push(line);
      logged.push(JSON.parse(line));
    },
  };
  const logger = createLogger({ level: 'debug', destination });
  const metrics = rest.metrics ?? createMetrics();
  const app = buildApp({ checkReplies: true, ...rest, routes, logger, metrics });
  const listening = await listen({
    app,
    host: '127.0.0.1',
    port: 0,
    ...(timeouts === undefined ? {} : { timeouts }),
    ...(maxConnections === undefined ? {} : { maxConnections }),
  });
  return { ...listening, metrics, logged, rawLog };
}

import type { Request, Response } from 'express';
import type { Logger } from '../observe/create-logger.ts';
import type { Metrics } from '../observe/create-metrics.ts';

type Deps = { logger: Logger; metrics: Metrics };
type Exchange = { request: Request; response: Response; requestId: string };

const quietRoutes = new Set(['/livez', '/readyz', '/readyz/ingest', '/metrics']);
const maxLoggedLength = 500;

/** One line and one count for each request when its answer is out. Bodies and queries are never logged. */
export function observeRequest({ logger, metrics }: Deps, { request, response, requestId }: Exchange): void {
  const startedMs = performance.now();
  response.once('close', () => {
    const durationMs = performance.now() - startedMs;
    const route = typeof response.locals['route'] === 'string' ? response.locals['route'] : 'none';
    // 499 as elsewhere: the client left before it had its answer.
    const status = response.writableFinished ? response.statusCode : 499;
    metrics.sawRequest({ route, method: request.method, status, durationMs });
    const line = {
      requestId,
      method: request.method,
      path: pathOf(request),
      route,
      status,
      durationMs: round(durationMs),
    };
    if (quietRoutes.has(route)) logger.debug(line, 'request');
    else logger.info(line, 'request');
  });
}

function pathOf(request: Request): string {
  const [path = ''] = request.originalUrl.split('?');
  return path.slice(0, maxLoggedLength);
}

function round(durationMs: number): number {
  return Math.round(durationMs * 100) / 100;
}

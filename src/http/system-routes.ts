import { z } from 'zod';
import type { Logger } from '../observe/create-logger.ts';
import type { Metrics } from '../observe/create-metrics.ts';
import { checkStores, type StoreCheck, type StoreState } from './check-stores.ts';
import { docsPageRoutes } from './docs-page-routes.ts';
import { type ApiInfo, buildOpenapi } from './openapi/build-openapi.ts';
import { type ProblemError, problem } from './problem.ts';
import { type MountedRoute, mount, route } from './route.ts';

export type SystemOptions = {
  /** Every other route of the service: what the document describes. */
  routes: readonly MountedRoute[];
  logger: Logger;
  metrics: Metrics;
  /** A check per store; one that throws or takes too long makes the service not ready. */
  checks: Readonly<Record<string, StoreCheck>>;
  /** Throws while events cannot be accepted. */
  ingestCheck: StoreCheck;
  /** Why events are refused although the log answers. */
  ingestRefusal?: () => { code: string; detail: string } | null;
  /** The service is about to close its door, so nothing new should be sent to it. */
  isStopping?: () => boolean;
  checkTimeoutMs?: number;
  api: ApiInfo;
  version: { name: string; version: string; commit?: string };
};

/** The routes every service has: is it alive, is it ready, which version, its numbers, its document. */
export function systemRoutes(options: SystemOptions): MountedRoute[] {
  let document = '';
  const deps = { ...options, timeoutMs: options.checkTimeoutMs ?? 2000, document: () => document };
  const stateRoutes = [liveRoute, readyRoute, readyIngestRoute, versionRoute, metricsRoute, openapiRoute];
  const own = [...mount(stateRoutes, deps), ...docsPageRoutes()];
  // The document describes the route that serves it, so it is made after its route.
  document = JSON.stringify(buildOpenapi([...options.routes, ...own], options.api));
  return own;
}

const described = { scope: 'public', tags: ['service'], method: 'GET' } as const;
const Alive = z.object({ status: z.literal('alive') });

const liveRoute = route<object>()({
  ...described,
  path: '/livez',
  operationId: 'readLiveness',
  summary: 'Whether the process answers at all.',
  replies: { 200: { description: 'It does.', schema: Alive } },
  answer: (_deps) => ({ status: 200, body: { status: 'alive' } }),
});

const Checked = z.object({ ok: z.boolean(), durationMs: z.number(), reason: z.string().optional() });
const Ready = z
  .object({ status: z.literal('ready'), stores: z.record(z.string(), Checked).optional() })
  .meta({ id: 'Readiness' });

type ReadyDeps = Pick<SystemOptions, 'checks' | 'ingestCheck' | 'ingestRefusal' | 'isStopping' | 'logger'> & {
  timeoutMs: number;
};
const readyReplies = {
  200: { description: 'Ready.', schema: Ready },
  503: { description: 'Not ready; `stores` names what does not answer.' },
};
const verbose = z.enum(['', '1', 'true', 'false']).default('false').meta({ description: 'Show every store.' });

const readyRoute = route<ReadyDeps>()({
  ...described,
  path: '/readyz',
  operationId: 'readReadiness',
  summary: 'Whether all stores answer.',
  query: z.object({ verbose }),
  replies: readyReplies,
  answer: async ({ checks, isStopping, logger, timeoutMs }, { query }) => {
    if (isStopping?.() === true) throw stopping();
    const stores = await checkStores({ logger, timeoutMs }, checks);
    return readiness(stores, query.verbose !== 'false');
  },
});

const readyIngestRoute = route<ReadyDeps>()({
  ...described,
  path: '/readyz/ingest',
  operationId: 'readIngestReadiness',
  summary: 'Whether events can be accepted.',
  query: z.object({ verbose }),
  replies: readyReplies,
  answer: async ({ ingestCheck, ingestRefusal, isStopping, logger, timeoutMs }, { query }) => {
    if (isStopping?.() === true) throw stopping();
    const refusal = ingestRefusal?.() ?? null;
    if (refusal !== null) throw notReady(refusal.detail, ['ingest'], refusal.code);
    const stores = await checkStores({ logger, timeoutMs }, { ingest: ingestCheck });
    return readiness(stores, query.verbose !== 'false');
  },
});

function stopping(): ProblemError {
  return notReady('The service is stopping.', [], 'stopping');
}

function notReady(detail: string, missing: readonly string[], reason: string): ProblemError {
  return problem(503, 'not_ready', detail, { headers: { 'retry-after': '1' }, members: { missing, reason } });
}

function readiness(stores: Record<string, StoreState>, showAll: boolean) {
  const missing = Object.entries(stores).flatMap(([name, { ok }]) => (ok ? [] : [name]));
  if (missing.length > 0) {
    throw problem(503, 'not_ready', `No answer from: ${missing.join(', ')}.`, {
      headers: { 'retry-after': '1' },
      members: { missing, stores },
    });
  }
  return { status: 200, body: { status: 'ready', ...(showAll ? { stores } : {}) } } as const;
}

const Version = z.object({ name: z.string(), version: z.string(), commit: z.string().optional(), node: z.string() });

const versionRoute = route<Pick<SystemOptions, 'version'>>()({
  ...described,
  path: '/version',
  operationId: 'readVersion',
  summary: 'Which version this is.',
  replies: { 200: { description: 'The version.', schema: Version } },
  answer: ({ version }) => ({ status: 200, body: { ...version, node: process.versions.node } }),
});

const metricsRoute = route<Pick<SystemOptions, 'metrics'>>()({
  ...described,
  path: '/metrics',
  operationId: 'readMetrics',
  summary: 'The numbers of this process, for Prometheus.',
  replies: { 200: { description: 'Text for Prometheus.', contentType: 'text/plain' } },
  answer: async ({ metrics }) => {
    const { contentType, text } = await metrics.expose();
    return { status: 200, contentType, bytes: text };
  },
});

const openapiRoute = route<{ document: () => string }>()({
  ...described,
  path: '/v1/openapi.json',
  operationId: 'readOpenapi',
  summary: 'This document.',
  replies: { 200: { description: 'OpenAPI 3.1.', contentType: 'application/json' } },
  answer: ({ document }) => ({ status: 200, contentType: 'application/json; charset=utf-8', bytes: document() }),
});

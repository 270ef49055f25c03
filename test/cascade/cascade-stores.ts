import { type AccountLimits, accountRoutes } from '../../src/cascade/account/account-routes.ts';
import { cascadeRoutes } from '../../src/cascade/cascade-routes.ts';
import { exportRoutes } from '../../src/cascade/export/export-routes.ts';
import { type Cascades, openCascades } from '../../src/cascade/open-cascades.ts';
import { faultToProblem } from '../../src/compose/fault-to-problem.ts';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { mount } from '../../src/http/route.ts';
import { nothingProjected } from '../../src/log/projector/progress.ts';
import type { Claim } from '../../src/project/claim.ts';
import { type Cursor, ownCursor } from '../../src/project/graph/cursor.ts';
import { dissolveRoot } from '../../src/project/graph/dissolve-root.ts';
import { linkWaiting } from '../../src/project/graph/link-waiting.ts';
import { projectGraphBatch } from '../../src/project/graph/project-graph-batch.ts';
import { mirrorLineage } from '../../src/project/lineage/mirror-lineage.ts';
import type { GraphChange } from '../../src/project/linking/graph-change.ts';
import { startApp, type TestApp } from '../http/start-app.ts';
import { openEmptyGraph, openFreshFacts } from '../setup/open-test-stores.ts';

/** The reads of cascades over the real stores and a real server, with both stores filled by the real projectors. */
export type CascadeStores = {
  graph: Graph;
  facts: Facts;
  cascades: Cascades;
  url: string;
  /** Takes changes into the graph, and into lineage unless told to leave it behind. */
  project(changes: readonly GraphChange[], behind?: 'lineage left behind'): Promise<void>;
  get(path: string): Promise<Answer>;
  close(): Promise<void>;
};

type Answer = { status: number; body: unknown; link: string | null };

/** The time up to which everything is accepted in these tests. */
export const acceptedAtMs = Date.UTC(2026, 0, 2);
export const acceptedAt = '2026-01-02T00:00:00.000Z';

const accountLimits = { accountCascades: 200, accountPosts: 2_000_000, walkPosts: 100_000, walkEdges: 100_000 };
const readLimits = { readTimeoutMs: 10_000, readMemoryBytes: 2_000_000_000 };

export async function openCascadeStores(
  maxBytes = 10_000_000,
  limits: Partial<AccountLimits> = {},
): Promise<CascadeStores> {
  const graph = await openEmptyGraph();
  const { facts } = await openFreshFacts();
  const claim = ownClaim();
  const log = { readProgress: async () => ({ ...nothingProjected, lineageLinkSeq: Number(claim.position) || 0 }) };
  // The reads are limited as those of the service are.
  const limited = { graph: graph.withReadTimeout(readLimits.readTimeoutMs), facts: facts.withReadLimits(readLimits) };
  const cascades = openCascades(
    { ...limited, log },
    { maxBytes, watermarkMs: 0, extentMs: 0, percentileMs: 0, comparisonMs: 0, remembered: 100 },
  );
  const deps = { ...limited, cascades };
  const routes = [
    ...mount(cascadeRoutes, { ...deps, maxViews: 1000 }),
    ...mount(accountRoutes({ ...accountLimits, ...limits }), deps),
    ...mount(exportRoutes({ maxExports: 2, lineageWaitMs: 100 }), deps),
  ];
  const app = await startApp({ routes, faultToProblem });
  let cursor = await ownCursor(graph, '0');
  return {
    graph,
    facts,
    cascades,
    url: app.url,
    project: async (changes, behind) => {
      cursor = await projectGraph(graph, cursor, changes);
      if (behind === undefined) await mirrorAll({ graph, facts }, claim);
    },
    get: (path) => get(app, path),
    close: async () => {
      await app.close(1000);
      await cascades.close();
      await facts.close();
      await graph.close();
    },
  };
}

async function projectGraph(graph: Graph, cursor: Cursor, changes: readonly GraphChange[]): Promise<Cursor> {
  const position = `${Number(cursor.position.split('-')[0]) + 1}-0`;
  const batch = { changes: [...changes], after: cursor.position, position, seq: 0, acceptedAt: acceptedAtMs };
  let { cursor: moved } = await projectGraphBatch({ graph }, cursor, batch);
  for (let more = true; more; ) ({ cursor: moved, more } = await dissolveRoot({ graph }, moved, 100));
  const limits = { maxPosts: 100, maxWork: 100 };
  for (let more = true; more; ) ({ cursor: moved, more } = await linkWaiting({ graph }, moved, limits));
  return moved;
}

async function mirrorAll(deps: { graph: Graph; facts: Facts }, claim: Claim): Promise<void> {
  let moved = true;
  const limits = { maxPosts: 1000, maxPlaces: 1000, upTo: Number.MAX_SAFE_INTEGER };
  while (moved) ({ moved } = await mirrorLineage(deps, claim, new Map(), limits));
}

/** The only writer of its stores needs no fence. */
function ownClaim(): Claim {
  let position = '0-0';
  return {
    get position() {
      return position;
    },
    prepared: null,
    prepare: async () => undefined,
    commit: async (next) => {
      position = next;
    },
  };
}

async function get(app: TestApp, path: string): Promise<Answer> {
  const response = await fetch(`${app.url}${path}`);
  const body: unknown = await response.json();
  return { status: response.status, body, link: response.headers.get('link') };
}

import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { route } from '../../http/route.ts';
import { latestMs, listRepairs, listRuns } from './list-runs.ts';

type Deps = { facts: Pick<Facts, 'select'> };

const time = z.iso.datetime();
const count = z.number().int().nonnegative();

const ReconciliationRun = z
  .object({
    runId: z.string(),
    level: z
      .string()
      .meta({ description: '1 counts, 2 compares cascades, 3 sweeps over everything; all is a whole pass.' }),
    dryRun: z.boolean(),
    startedAt: time,
    endedAt: time,
    lookedAt: count,
    differing: count,
    repaired: count,
    stopped: z
      .string()
      .meta({ description: 'Why the run ended before everything was repaired; empty where it did not.' }),
  })
  .meta({ id: 'ReconciliationRun' });

const said = z
  .string()
  .meta({ description: 'What the store said, as a digest or as JSON; empty where it said nothing.' });
const ReconciliationRepair = z
  .object({
    runId: z.string(),
    repairedAt: time,
    dryRun: z.boolean(),
    kind: z.string(),
    target: z.string(),
    source: z.string().meta({ description: 'Where the truth was read: log, facts or graph (for lineage).' }),
    subject: z.string(),
    detail: z.string(),
    graphBefore: said,
    factsBefore: said,
    graphAfter: said,
    factsAfter: said,
  })
  .meta({ id: 'ReconciliationRepair' });

const Position = z.object({ beforeMs: z.number().int(), key: z.string() });

export const listRunsRoute = route<Deps>()({
  method: 'GET',
  path: '/v1/reconciliation/runs',
  operationId: 'listReconciliationRuns',
  scope: 'reconcile:read',
  tags: ['reconciliation'],
  summary: 'Runs that compared the stores, the latest first. A counting run that found nothing is not kept.',
  query: z.object(listQuery),
  replies: { 200: { description: 'One page.', schema: listBody(ReconciliationRun) } },
  answer: async ({ facts }, { query, url }) => {
    const at = readCursor('reconciliation-runs', Position, query.cursor) ?? { beforeMs: latestMs, key: '' };
    const rows = await listRuns({ facts }, { beforeMs: at.beforeMs, beforeRunId: at.key, limit: query.limit + 1 });
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    const items = shown.map(({ startedAtMs, endedAtMs, total: _total, ...run }) => {
      return { ...run, startedAt: iso(startedAtMs), endedAt: iso(endedAtMs) };
    });
    const next = last === undefined ? undefined : { beforeMs: last.startedAtMs, key: last.runId };
    return listReply(url, { list: 'reconciliation-runs', items, total: rows[0]?.total ?? items.length, next });
  },
});

export const listRepairsRoute = route<Deps>()({
  method: 'GET',
  path: '/v1/reconciliation/repairs',
  operationId: 'listReconciliationRepairs',
  scope: 'reconcile:read',
  tags: ['reconciliation'],
  summary: 'What was repaired, with what both stores said before and after, the latest first.',
  query: z.object({
    ...listQuery,
    runId: z.string().max(64).optional().meta({ description: 'Only the repairs of this run.' }),
  }),
  replies: { 200: { description: 'One page.', schema: listBody(ReconciliationRepair) } },
  answer: async ({ facts }, { query, url }) => {
    const at = readCursor('reconciliation-repairs', Position, query.cursor) ?? { beforeMs: latestMs, key: '' };
    const asked = { runId: query.runId ?? '', beforeMs: at.beforeMs, beforeKey: at.key, limit: query.limit + 1 };
    const rows = await listRepairs({ facts }, asked);
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    const items = shown.map(({ repairedAtMs, key: _key, total: _total, ...repair }) => {
      return { ...repair, repairedAt: iso(repairedAtMs) };
    });
    const next = last === undefined ? undefined : { beforeMs: last.repairedAtMs, key: last.key };
    return listReply(url, { list: 'reconciliation-repairs', items, total: rows[0]?.total ?? items.length, next });
  },
});

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

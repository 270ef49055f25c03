import { z } from 'zod';
import { statement } from '../query/statement.ts';
import { checkLedger, type Minutes } from './books/check-ledger.ts';
import { checkTallies } from './books/check-tallies.ts';
import type { Check } from './check.ts';
import { checkAdvance, checkCursors } from './check-cursors.ts';
import { type Clients, checkClientIds } from './clients/check-client-ids.ts';
import { checkEngagement } from './facts/check-engagement.ts';
import { checkEvents } from './facts/check-events.ts';
import { checkLastNumbers } from './facts/check-last-numbers.ts';
import { checkRollups } from './facts/check-rollups.ts';
import { checkFollows } from './graph/check-follows.ts';
import { lookAgain } from './look-again.ts';
import { loadRefusals } from './posts/load-events.ts';
import { verifyPosts } from './posts/verify-posts.ts';
import { type Positions, readPositions, watermarkEntry, watermarkOf } from './read-positions.ts';
import type { Scope, VerifyDeps } from './verify-deps.ts';
import { waitUntilQuiet } from './wait-until-quiet.ts';

export const findAcceptedRangeStatement = statement('clickhouse/verify/find-accepted-range.sql', {
  params: z.object({ sinceMs: z.number(), untilMs: z.number() }),
  row: z.object({ beforeSeq: z.number(), afterSeq: z.number() }),
});

export type VerifyOptions = Clients & {
  /** Only what was accepted from then on, and before then. */
  sinceMs?: number | undefined;
  untilMs?: number | undefined;
  /** Only this cascade, whole. */
  rootId?: string;
  /** Waits first until every store has reached the log's end. */
  waitMs?: number;
  /** Where everybody stood in an earlier run. */
  before?: Positions;
};

/** What a run found. `watermark`: what lies beyond it was not looked at. */
export type Verified = {
  ok: boolean;
  watermark: { acceptSeq: number; linkSeq: number; acceptedAt: string | null; logLastSeq: number };
  took: { ms: number };
  checks: Check[];
  positions: Positions;
};

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * Recounts everything from what was accepted, with statements of its own: nothing that keeps the stores is asked whether it
 * kept them well. Throws when it could not look.
 */
export async function verifyStores(deps: VerifyDeps, options: VerifyOptions = {}): Promise<Verified> {
  const startedAt = performance.now();
  if (options.waitMs !== undefined) await waitUntilQuiet(deps, options.waitMs);
  const now = await readPositions(deps);
  const { acceptSeq, linkSeq } = watermarkOf(now);
  const scope = await findScope(deps, options, acceptSeq);
  const checks =
    scope.rootId === null
      ? await verifyAll(deps, options, { now, scope })
      : [...(await verifyPosts(deps, scope)), ...(await rollups(deps, scope))];
  const entry = await deps.log.readEntry(watermarkEntry(now));
  return {
    ok: checks.every((check) => check.ok),
    watermark: {
      acceptSeq,
      linkSeq,
      acceptedAt: entry === null ? null : new Date(entry.acceptedAtMs).toISOString(),
      logLastSeq: now.log.lastSeq,
    },
    took: { ms: Math.round(performance.now() - startedAt) },
    checks,
    positions: now,
  };
}

type Run = { now: Positions; scope: Scope };

async function verifyAll(deps: VerifyDeps, options: VerifyOptions, { now, scope }: Run): Promise<Check[]> {
  const { onProgress } = deps;
  const checks: Check[] = [];
  onProgress(`up to accept number ${scope.lastSeq} of ${now.log.lastSeq}`);
  checks.push(...(await lookAgain(deps, () => checkEvents(deps, scope))));
  checks.push(await checkLastNumbers(deps), await checkCursors(deps, now));
  if (options.before !== undefined) checks.push(checkAdvance(deps, options.before, now));
  onProgress('ledger');
  checks.push(...(await lookAgain(deps, () => verifyBooks(deps, options, scope))));
  checks.push(...(await checkClientIds(deps, options, now)));
  checks.push(...(await verifyPosts(deps, scope)));
  onProgress('rollups');
  checks.push(...(await rollups(deps, scope)));
  if (options.sinceMs === undefined && options.untilMs === undefined) {
    checks.push(await checkEngagement(deps), await checkFollows(deps));
  }
  return checks;
}

async function rollups(deps: VerifyDeps, scope: Scope): Promise<Check[]> {
  return lookAgain(deps, async () => checkRollups(deps, scope, (await readPositions(deps)).lineage.linkSeq));
}

async function verifyBooks(deps: VerifyDeps, { sinceMs, untilMs }: VerifyOptions, scope: Scope): Promise<Check[]> {
  const isWhole = sinceMs === undefined && untilMs === undefined;
  const range: Minutes = {
    fromMs: sinceMs === undefined ? 0 : Math.floor(sinceMs / minuteMs) * minuteMs,
    toMs: untilMs === undefined ? deps.now() + dayMs : Math.ceil(untilMs / minuteMs) * minuteMs,
    isWhole,
  };
  const books = await checkLedger(deps, scope, range);
  const refusals = await loadRefusals(deps, scope.lastSeq);
  return [...books.checks, ...(await checkTallies(deps, { books, refusals, range, scope }))];
}

async function findScope(deps: VerifyDeps, options: VerifyOptions, acceptSeq: number): Promise<Scope> {
  const { sinceMs, untilMs, rootId = null } = options;
  const scope = { firstSeq: 1, lastSeq: acceptSeq, rootId };
  if (sinceMs === undefined && untilMs === undefined) return scope;
  const asked = { sinceMs: sinceMs ?? 0, untilMs: untilMs ?? Date.UTC(2200, 0) };
  const [found] = await deps.facts.select(findAcceptedRangeStatement, asked);
  const afterSeq = found?.afterSeq ?? 0;
  return {
    ...scope,
    firstSeq: (found?.beforeSeq ?? 0) + 1,
    lastSeq: afterSeq === 0 ? acceptSeq : Math.min(acceptSeq, afterSeq - 1),
  };
}

import { faultToProblem } from '../../src/compose/fault-to-problem.ts';
import { openFactsAsOf } from '../../src/engagement/asked/facts-as-of.ts';
import { openWholeFrom } from '../../src/engagement/asked/open-whole-from.ts';
import { ofWholeRanges } from '../../src/engagement/asked/whole-range-routes.ts';
import type { EngagementLimits } from '../../src/engagement/engagement-deps.ts';
import { engagementRoutes } from '../../src/engagement/engagement-routes.ts';
import { scoreValues } from '../../src/engagement/score-params.ts';
import { canonicalEvent } from '../../src/event/canonical-event.ts';
import { checkEvent } from '../../src/event/check-event.ts';
import type { Facts } from '../../src/facts/facts.ts';
import { mount } from '../../src/http/route.ts';
import { nothingProjected } from '../../src/log/projector/progress.ts';
import { factColumns, toFactRow } from '../../src/project/facts/fact-row.ts';
import { addRange } from '../../src/project/tally/add-range.ts';
import { startApp } from '../http/start-app.ts';
import { openFreshFacts } from '../setup/open-test-stores.ts';

/** The answers about engagement over a real engine and a real server, filled as the facts projector and the tally fill it. */
export type EngagementStores = {
  facts: Facts;
  /** Takes events as they would be posted, each checked by the vocabulary, in their order. */
  accept(events: readonly PostedEvent[]): Promise<void>;
  get(path: string): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
};

export type PostedEvent = {
  eventId: string;
  eventName: string;
  userId: string;
  timestamp: string;
  data: Readonly<Record<string, unknown>>;
  metadata?: Readonly<Record<string, unknown>>;
};

/** The clock of these tests, and the time up to which everything is accepted. */
export const now = '2026-03-01T00:00:00.000Z';
export const nowMs = Date.parse(now);

export async function openEngagementStores(
  limits: Partial<EngagementLimits> = {},
  clockMs = nowMs,
): Promise<EngagementStores> {
  const { facts } = await openFreshFacts();
  const log = { readProgress: async () => ({ ...nothingProjected, tallyPosition: `1-${nowMs}` }) };
  const wholeFrom = openWholeFrom({ facts, now: () => clockMs }, { maxAgeMs: 0 });
  const deps = {
    facts,
    asOf: openFactsAsOf({ log }),
    wholeFrom,
    now: () => clockMs,
    limits: { ...defaultLimits, ...limits },
  };
  const app = await startApp({ routes: ofWholeRanges(wholeFrom, mount(engagementRoutes, deps)), faultToProblem });
  let seq = 0;
  return {
    facts,
    accept: async (events) => {
      const afterSeq = seq;
      const rows = events.map((event) => {
        seq += 1;
        return toRow(event, seq);
      });
      await facts.insert({ table: 'events', columns: factColumns, token: `test ${seq}` }, rows);
      await addRange({ facts, rules: scoreValues }, { afterSeq, toSeq: seq });
    },
    get: async (path) => {
      const response = await fetch(`${app.url}${path}`);
      const body: unknown = await response.json();
      return { status: response.status, body };
    },
    close: async () => {
      await app.close(1000);
      await facts.close();
    },
  };
}

const defaultLimits: EngagementLimits = { rangeDays: 30, quarterDays: 0 };

function toRow(posted: PostedEvent, seq: number): unknown[] {
  const checked = checkEvent(posted, { nowMs });
  if (!checked.ok) throw new Error(`${posted.eventId}: ${JSON.stringify(checked)}`);
  return toFactRow(canonicalEvent(checked.event, checked.timestampMs), { seq, acceptedAtMs: nowMs, digest: seq });
}

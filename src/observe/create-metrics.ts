import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type AnswerMetrics, answerMetrics } from './answer-metrics.ts';
import { type LedgerState, ledgerMetrics } from './ledger-metrics.ts';
import { type MeasuringSeen, measuringMetrics } from './measuring-metrics.ts';
import { type QualityMetrics, qualityMetrics } from './quality-metrics.ts';

type RequestSeen = { route: string; method: string; status: number; durationMs: number };
type LogState = { entries: number; oldestAgeMs: number; bytes?: number };
type ProjectorState = { projector: string; partition: string; lagEvents: number; lagMs?: number };
type IntakeState = { isOpen: boolean; pressure: Readonly<Record<string, number>> };
type Drift = { shares: number; roots: number };
type ReconcilingSeen = { level: string; stopped: boolean; repairs: ReadonlyArray<{ kind: string }> };
type PoolState = { store: string; inUse: number; idle: number };

/** What the service counts, as functions: nobody but this file knows who keeps the numbers. */
export type Metrics = AnswerMetrics &
  QualityMetrics & {
    sawRequest(seen: RequestSeen): void;
    countEvents(outcome: string, count: number): void;
    setLog(state: LogState): void;
    setProjector(state: ProjectorState): void;
    sawBatch(projector: string, items: number, durationMs: number): void;
    countStoreError(store: string): void;
    setPool(state: PoolState): void;
    sawAcceptStep(step: string, durationMs: number): void;
    setIntake(state: IntakeState): void;
    countShed(reason: string): void;
    setLedger(state: LedgerState): void;
    setDrift(drift: Drift): void;
    sawReconciling(seen: ReconcilingSeen): void;
    sawMeasuring(seen: MeasuringSeen): void;
    /** Called before each scrape, for numbers that are asked for rather than told. */
    beforeScrape(refresh: () => void | Promise<void>): void;
    expose(): Promise<{ contentType: string; text: string }>;
  };

/** A registry of its own, so that two services in one process (a test) do not share numbers. */
export function createMetrics({ refreshTimeoutMs = 1000 } = {}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'sharetrail_' });
  const refreshers: Array<() => void | Promise<void>> = [];
  return {
    ...requestMetrics(registry),
    ...eventMetrics(registry),
    ...logMetrics(registry),
    ...storeMetrics(registry),
    ...intakeMetrics(registry),
    ...ledgerMetrics(registry),
    ...reconcileMetrics(registry),
    ...measuringMetrics(registry),
    ...answerMetrics(registry),
    ...qualityMetrics(registry),
    beforeScrape: (refresh) => void refreshers.push(refresh),
    expose: async () => {
      await refreshAll(refreshers, refreshTimeoutMs);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

// A number that cannot be had in time keeps its last value: a scrape neither fails nor waits for it.
function refreshAll(refreshers: ReadonlyArray<() => void | Promise<void>>, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs);
    void Promise.allSettled(refreshers.map(async (refresh) => refresh())).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function requestMetrics(registry: Registry): Pick<Metrics, 'sawRequest'> {
  const duration = new Histogram({
    name: 'sharetrail_http_request_duration_seconds',
    help: 'Time from the request line to the last byte of the answer, by route template.',
    labelNames: ['route', 'method'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const requests = new Counter({
    name: 'sharetrail_http_requests_total',
    help: 'Requests answered, by route template.',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
  });
  return {
    sawRequest: ({ route, method, status, durationMs }) => {
      requests.inc({ route, method, status: String(status) });
      duration.observe({ route, method }, durationMs / 1000);
    },
  };
}

function eventMetrics(registry: Registry): Pick<Metrics, 'countEvents' | 'sawBatch'> {
  const events = new Counter({
    name: 'sharetrail_events_total',
    help: 'Events received, by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const items = new Histogram({
    name: 'sharetrail_projector_batch_items',
    help: 'Items a projector stored at once.',
    labelNames: ['projector'],
    buckets: [1, 10, 100, 500, 1000, 2500, 5000, 10_000, 20_000, 50_000],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'sharetrail_projector_batch_duration_seconds',
    help: 'Time a projector took to store one batch.',
    labelNames: ['projector'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  return {
    countEvents: (outcome, count) => events.inc({ outcome }, count),
    sawBatch: (projector, size, durationMs) => {
      items.observe({ projector }, size);
      duration.observe({ projector }, durationMs / 1000);
    },
  };
}

function logMetrics(registry: Registry): Pick<Metrics, 'setLog' | 'setProjector'> {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const entries = gauge('sharetrail_log_entries', 'Entries the log holds.');
  const oldest = gauge('sharetrail_log_oldest_age_seconds', 'Age of the oldest entry the log holds.');
  const bytes = gauge('sharetrail_log_bytes', 'Memory the log takes.');
  const lagEvents = gauge('sharetrail_projector_lag_events', 'Events a projector has still to store.', [
    'projector',
    'partition',
  ]);
  const lagSeconds = gauge(
    'sharetrail_projector_lag_seconds',
    'Age of the first event a projector has still to store.',
    ['projector', 'partition'],
  );
  return {
    setLog: (state) => {
      entries.set(state.entries);
      oldest.set(state.oldestAgeMs / 1000);
      if (state.bytes !== undefined) bytes.set(state.bytes);
    },
    setProjector: ({ projector, partition, ...lag }) => {
      lagEvents.set({ projector, partition }, lag.lagEvents);
      if (lag.lagMs !== undefined) lagSeconds.set({ projector, partition }, lag.lagMs / 1000);
    },
  };
}

function storeMetrics(registry: Registry): Pick<Metrics, 'countStoreError' | 'setPool'> {
  const errors = new Counter({
    name: 'sharetrail_store_errors_total',
    help: 'Calls to a store that failed.',
    labelNames: ['store'],
    registers: [registry],
  });
  const pool = new Gauge({
    name: 'sharetrail_store_pool_connections',
    help: 'Connections of a store’s pool, by what they do.',
    labelNames: ['store', 'state'],
    registers: [registry],
  });
  return {
    countStoreError: (store) => errors.inc({ store }),
    setPool: ({ store, inUse, idle }) => {
      pool.set({ store, state: 'in_use' }, inUse);
      pool.set({ store, state: 'idle' }, idle);
    },
  };
}

function intakeMetrics(registry: Registry): Pick<Metrics, 'sawAcceptStep' | 'setIntake' | 'countShed'> {
  const open = new Gauge({
    name: 'sharetrail_intake_open',
    help: 'Whether events are taken in: 1, or 0 while they are shed.',
    registers: [registry],
  });
  const pressure = new Gauge({
    name: 'sharetrail_intake_pressure_ratio',
    help: 'How much of a limit of intake is used; 1 closes it.',
    labelNames: ['reason'],
    registers: [registry],
  });
  const shed = new Counter({
    name: 'sharetrail_intake_shed_total',
    help: 'Requests with events that were refused whole, and nothing of them kept.',
    labelNames: ['reason'],
    registers: [registry],
  });
  const steps = new Histogram({
    name: 'sharetrail_accept_step_duration_seconds',
    help: 'Time one request took in a step of acceptance.',
    labelNames: ['step'],
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers: [registry],
  });
  return {
    sawAcceptStep: (step, durationMs) => steps.observe({ step }, durationMs / 1000),
    setIntake: (state) => {
      open.set(state.isOpen ? 1 : 0);
      for (const [reason, used] of Object.entries(state.pressure)) pressure.set({ reason }, used);
    },
    countShed: (reason) => shed.inc({ reason }),
  };
}

function reconcileMetrics(registry: Registry): Pick<Metrics, 'setDrift' | 'sawReconciling'> {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const shares = gauge(
    'sharetrail_drift_shares',
    'Shares by which the stores differ, over all cascades as last compared.',
  );
  const roots = gauge('sharetrail_drift_roots', 'Cascades on which the stores did not agree when last compared.');
  const stopped = gauge(
    'sharetrail_reconcile_stopped',
    'Whether the last run of a level would have repaired too much.',
    ['level'],
  );
  const repaired = new Counter({
    name: 'sharetrail_repairs_total',
    help: 'Repairs, by what was wrong.',
    labelNames: ['kind'],
    registers: [registry],
  });
  return {
    setDrift: (drift) => {
      shares.set(drift.shares);
      roots.set(drift.roots);
    },
    sawReconciling: (seen) => {
      stopped.set({ level: seen.level }, seen.stopped ? 1 : 0);
      for (const { kind } of seen.repairs) repaired.inc({ kind });
    },
  };
}

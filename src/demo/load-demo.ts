import { type Delivered, deliverBatch, type Patience, usualPatience } from './deliver-batch.ts';
import type { DemoEvent } from './demo-event.ts';
import { defaultEvents, type GenerateOptions, generateEvents } from './generate-events.ts';
import type { PostBatch } from './post-batch.ts';

type LoadCounts = {
  readonly sent: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly rejected: number;
  readonly batches: number;
  readonly retries: number;
};

export type LoadProgress = LoadCounts & {
  readonly events: number;
  readonly percent: number;
  readonly elapsedMs: number;
  readonly eventsPerSecond: number;
};

export type LoadResult = LoadProgress & {
  /** Receipts of the newest batches: once these are projected, everything is. */
  readonly receipts: readonly string[];
  /** The first items that were not accepted, as the service named them. */
  readonly refused: readonly unknown[];
};

export type LoadOptions = GenerateOptions & {
  readonly batchSize?: number;
  readonly concurrency?: number;
  readonly patience?: Partial<Patience>;
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
};

type Deps = { readonly post: PostBatch };

type Tally = { -readonly [Name in keyof LoadCounts]: LoadCounts[Name] } & { receipts: string[]; refused: unknown[] };

function startTally(): Tally {
  const counts = { sent: 0, accepted: 0, duplicate: 0, conflict: 0, rejected: 0, batches: 0, retries: 0 };
  return { ...counts, receipts: [], refused: [] };
}

const keptReceipts = 8;
const keptRefusals = 20;

/** Batches are cut as they are asked for, so that only those under way are in memory. */
function* cutBatches(events: Iterable<DemoEvent>, size: number): Generator<readonly DemoEvent[]> {
  let batch: DemoEvent[] = [];
  for (const event of events) {
    batch.push(event);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function addUp(tally: Tally, sent: number, { counts, retries }: Delivered): void {
  tally.sent += sent;
  tally.accepted += counts.accepted;
  tally.duplicate += counts.duplicate;
  tally.conflict += counts.conflict;
  tally.rejected += counts.rejected;
  tally.batches += 1;
  tally.retries += retries;
  if (counts.receipt !== undefined) tally.receipts = [...tally.receipts, counts.receipt].slice(-keptReceipts);
  tally.refused = [...tally.refused, ...(counts.results ?? [])].slice(0, keptRefusals);
}

function describe(tally: Tally, events: number, startedAtMs: number): LoadResult {
  const elapsedMs = Math.max(1, Date.now() - startedAtMs);
  const percent = events === 0 ? 100 : (100 * tally.sent) / events;
  return { ...tally, events, percent, elapsedMs, eventsPerSecond: Math.round((1_000 * tally.sent) / elapsedMs) };
}

/** Generates the demo and posts it, a few batches at a time, until the service has answered for every event. */
export async function loadDemo({ post }: Deps, options: LoadOptions): Promise<LoadResult> {
  const { events = defaultEvents, batchSize = 1_000, concurrency = 3, onProgress, signal } = options;
  const patience = { ...usualPatience, ...options.patience, signal };
  const startedAtMs = Date.now();
  const batches = cutBatches(generateEvents(options), batchSize);
  const tally = startTally();
  // Every lane takes the next batch from the same generator; the first failure ends it for all of them.
  const deliverSome = async (): Promise<void> => {
    for (const batch of batches) {
      const body = batch.map((event) => JSON.stringify(event)).join('\n');
      addUp(tally, batch.length, await deliverBatch(post, body, patience));
      onProgress?.(describe(tally, events, startedAtMs));
    }
  };
  // All are waited for, so that nothing is posted any more after this has thrown.
  const ended = await Promise.allSettled(Array.from({ length: concurrency }, deliverSome));
  for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
  return describe(tally, events, startedAtMs);
}

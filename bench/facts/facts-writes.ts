import { randomUUID } from 'node:crypto';
import { createClient } from '@clickhouse/client';
import { z } from 'zod';
import { readConfig } from '../../src/config.ts';
import { scoreValues } from '../../src/engagement/score-params.ts';
import type { Facts } from '../../src/facts/facts.ts';
import type { Log } from '../../src/log/open-log.ts';
import { openClaim } from '../../src/project/claim.ts';
import { beginFactsTurn } from '../../src/project/facts/run-facts-projector.ts';
import { addRange, type TallyRange } from '../../src/project/tally/add-range.ts';
import { withBenchFacts } from '../engagement/with-bench-facts.ts';
import type { BenchEntry, Measurement } from '../measurement.ts';
import { sizeOf } from '../size-of.ts';
import { isTallyRight } from './check-tally.ts';
import { measureColumnBytes } from './column-bytes.ts';
import { openFilledLog } from './fill-log.ts';
import { readBatches } from './read-batches.ts';

const leaseMs = 600_000;

type Stand = { log: Log; events: number };
/** Seconds, and whether everything is there. */
type Run = { seconds: number; equal: boolean };
type Kind = 'plain' | 'whole' | 'client';

/**
 * From entries of the log, read, parsed and made into rows, to facts that can be asked for: without anything that is fed by
 * them, and with ids, shares and the tally. The baseline is given its rows ready made and only hands them to the store.
 */
export const factsWritesEntry: BenchEntry = {
  name: 'facts-writes',
  measure: async (rounds) => {
    const log = await openFilledLog(sizeOf('BENCH_FACTS', 200_000));
    const stand = { log, events: await log.lastSeq() };
    try {
      return await measureWrites(stand, rounds);
    } finally {
      await log.trimBelow(`${stand.events}-${Date.now()}`);
      log.close();
    }
  },
};

async function measureWrites(stand: Stand, rounds: number): Promise<Measurement[]> {
  const plain = blank('without rollups vs client.insert', 2);
  const whole = blank('with all rollups (event ids, shares, tally) vs client.insert', 1);
  const kinds: Kind[] = ['plain', 'client', 'whole'];
  // The first round, numbered -1, warms up and is not counted; each goes first in its turn.
  for (let round = -1; round < rounds; round += 1) {
    const runs: Record<Kind, Run> = { plain: never, whole: never, client: never };
    const first = (round + kinds.length) % kinds.length;
    for (const kind of [...kinds.slice(first), ...kinds.slice(0, first)]) runs[kind] = await writers[kind](stand);
    plain.equal &&= runs.plain.equal && runs.client.equal;
    whole.equal &&= runs.whole.equal && runs.client.equal;
    if (round < 0) continue;
    for (const measured of [plain, whole]) measured.baseline.push(stand.events / runs.client.seconds);
    plain.ours.push(stand.events / runs.plain.seconds);
    whole.ours.push(stand.events / runs.whole.seconds);
  }
  return [plain, whole, await weighFacts(stand)];
}

const never: Run = { seconds: Number.NaN, equal: false };

function blank(name: string, ratioAtLeast: number): Measurement {
  return { name: `facts ${name}`, unit: 'facts/s', ours: [], baseline: [], equal: true, bar: { ratioAtLeast } };
}

const writers: Record<Kind, (stand: Stand) => Promise<Run>> = {
  plain: (stand) =>
    withBenchFacts(async (facts) => {
      for (const view of ['event_ids_from_events', 'shares_from_events']) await facts.command(`DROP VIEW ${view}`);
      const seconds = await project(stand, facts);
      return { seconds, equal: (await countRows(facts)).events === stand.events };
    }),
  whole: (stand) =>
    withBenchFacts(async (facts) => {
      const seconds = await project(stand, facts, (range) => addRange({ facts, rules: scoreValues }, range));
      const { events, ids, shares, copied } = await countRows(facts);
      const equal = events === stand.events && ids === events && copied === shares && (await isTallyRight(facts));
      return { seconds, equal };
    }),
  client: (stand) => withBenchFacts((facts, database) => insertByClient(stand, facts, database)),
};

async function weighFacts(stand: Stand): Promise<Measurement> {
  return withBenchFacts(async (facts) => {
    await project(stand, facts);
    return measureColumnBytes(facts);
  });
}

type AfterRange = (range: TallyRange) => Promise<void>;

/** The whole log by the service's own projector, range by range as it cuts them. Seconds. */
async function project({ log, events }: Stand, facts: Facts, afterRange?: AfterRange): Promise<number> {
  const { project: limits } = readConfig(process.env);
  const lease = await log.projectors.claim(`facts-${randomUUID()}`, 'bench', leaseMs);
  if (lease === null) throw new Error('a projector of a new name is owned by somebody');
  const held = { seq: 0 };
  const publishProgress: Log['publishProgress'] = async ({ factsSeq }) => {
    held.seq = factsSeq ?? held.seq;
  };
  const ignore = () => undefined;
  const turn = await beginFactsTurn(
    { facts, log: { ...log, publishProgress }, onBatch: ignore, onLetters: ignore, now: Date.now },
    await openClaim(log, lease),
    { ...limits, blockMs: limits.readBlockMs, maxItems: limits.batchItems },
  );
  const startedAt = performance.now();
  while (held.seq < events) {
    const afterSeq = held.seq;
    await turn.step();
    if (held.seq > afterSeq) await afterRange?.({ afterSeq, toSeq: held.seq });
  }
  return (performance.now() - startedAt) / 1000;
}

/** Only the inserts are timed: the rows are there before. The table has no views, as views are of tables and not of copies. */
async function insertByClient({ log, events }: Stand, facts: Facts, database: string): Promise<Run> {
  const { clickhouse, project: limits } = readConfig(process.env);
  const client = createClient({
    url: clickhouse.url,
    username: clickhouse.user,
    password: clickhouse.password,
    database,
  });
  await facts.command('CREATE TABLE bare_events AS events');
  let seconds = 0;
  try {
    for await (const values of readBatches({ log }, { ...limits, maxItems: limits.batchItems })) {
      const startedAt = performance.now();
      await client.insert({ table: 'bare_events', values, format: 'JSONEachRow' });
      seconds += (performance.now() - startedAt) / 1000;
    }
  } finally {
    await client.close();
  }
  return { seconds, equal: (await countRows(facts)).bare === events };
}

const countStatement = {
  path: 'none',
  text: `SELECT
      (SELECT count() FROM events) AS events,
      (SELECT countIf(event_name = 'post_share') FROM events) AS shares,
      (SELECT uniqExact(id_hash) FROM event_ids) AS ids,
      (SELECT count() FROM shares) AS copied,
      (SELECT ifNull(sum(total_rows), 0) FROM system.tables WHERE database = currentDatabase() AND name = 'bare_events') AS bare`,
  params: z.object({}),
  row: z.object({ events: z.number(), shares: z.number(), ids: z.number(), copied: z.number(), bare: z.number() }),
};

async function countRows(facts: Facts) {
  const [counted] = await facts.select(countStatement, {});
  return counted ?? { events: 0, shares: 0, ids: 0, copied: 0, bare: 0 };
}

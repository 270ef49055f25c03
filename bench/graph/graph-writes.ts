import { type Graph, openGraph } from '../../src/graph/graph.ts';
import { migrateGraph } from '../../src/graph/migrate-graph.ts';
import { tallyEntry } from '../../src/project/graph/batch/tally.ts';
import { ownCursor } from '../../src/project/graph/cursor.ts';
import { projectGraphBatch } from '../../src/project/graph/project-graph-batch.ts';
import type { BenchEntry, Measurement } from '../measurement.ts';
import { drawShares, type Form, type Share, toChange } from './draw-shares.ts';
import { measureProducers } from './measure-producers.ts';
import { graphEndpoint, openRawGraph, type RawGraph } from './raw-graph.ts';

const batchSize = 5000;
const batchesARound = 3;
const singlesARound = 400;
const stream = 'bench';

type Writer = (shares: readonly Share[]) => Promise<void>;
type Stand = { raw: RawGraph; ours: Writer };

/**
 * Batches against raw UNWIND statements that write the same nodes and edges, and against one share a transaction; a
 * batch that is one chain against one that is a random tree; four producers of one viral root against one.
 */
export const graphWritesEntry: BenchEntry = {
  name: 'graph-writes',
  measure: async (rounds) => {
    const raw = openRawGraph(graphEndpoint());
    const graph = openGraph({ ...graphEndpoint(), database: 'neo4j', poolSize: 4, timeoutMs: 60_000 });
    await migrateGraph(graph);
    const stand = { raw, ours: await openWriter(graph) };
    const measured = { batches: blank('vs raw batches', 0.8), singles: blank('vs one a transaction', 30) };
    const chains = blank('one chain vs a random tree', 0.5);
    try {
      for (let round = -1; round < rounds; round += 1) {
        await measureRound(stand, measured, round);
        await measureChain(stand, chains, round);
      }
      return [measured.batches, measured.singles, chains, await measureProducers({ raw, graph }, rounds)];
    } finally {
      await raw.removeBenchPosts();
      await raw.run('MATCH (cursor:Cursor {stream: $stream}) DELETE cursor', { stream });
      await graph.close();
      await raw.close();
    }
  },
};

function blank(name: string, ratioAtLeast: number): Measurement {
  const unit = 'shares/s';
  return { name: `graph-writes ${name}`, unit, ours: [], baseline: [], equal: true, bar: { ratioAtLeast } };
}

type Measured = { batches: Measurement; singles: Measurement };

/** The first round, numbered -1, warms up and is not counted. Ours and the baseline take turns in going first. */
async function measureRound({ raw, ours }: Stand, { batches, singles }: Measured, round: number): Promise<void> {
  const count = batchSize * batchesARound;
  const timed = { ours: 0, raw: 0 };
  const writers = { ours, raw: raw.writeShares };
  const kinds = round % 2 === 0 ? (['ours', 'raw'] as const) : (['raw', 'ours'] as const);
  const amount: Amount = { count, size: batchSize, form: 'tree' };
  for (const kind of kinds) timed[kind] = await timeWrites(raw, writers[kind], amount, batches);
  const single = await timeWrites(raw, raw.writeShares, { count: singlesARound, size: 1, form: 'tree' }, singles);
  if (round < 0) return;
  batches.ours.push(count / timed.ours);
  batches.baseline.push(count / timed.raw);
  singles.ours.push(count / timed.ours);
  singles.baseline.push(singlesARound / single);
}

/** Both are written by us, each as one transaction. */
async function measureChain({ raw, ours }: Stand, chains: Measurement, round: number): Promise<void> {
  const seconds: Record<Form, number> = { chain: 0, tree: 0, star: 0 };
  const forms = round % 2 === 0 ? (['chain', 'tree'] as const) : (['tree', 'chain'] as const);
  for (const form of forms) {
    seconds[form] = await timeWrites(raw, ours, { count: batchSize, size: batchSize, form }, chains);
  }
  if (round < 0) return;
  chains.ours.push(batchSize / seconds.chain);
  chains.baseline.push(batchSize / seconds.tree);
}

type Amount = { count: number; size: number; form: Form };

async function timeWrites(
  raw: RawGraph,
  write: Writer,
  { count, size, form }: Amount,
  measurement: Measurement,
): Promise<number> {
  const shares = drawShares(count, form);
  const rootId = shares[0]?.rootId;
  await raw.makeRoot(rootId);
  const startedAt = performance.now();
  for (let from = 0; from < count; from += size) await write(shares.slice(from, from + size));
  const seconds = (performance.now() - startedAt) / 1000;
  // A statement that drops rows is fast; only what is stored counts.
  if ((await raw.countStored(rootId)) !== count * 3) measurement.equal = false;
  return seconds;
}

async function openWriter(graph: Graph): Promise<Writer> {
  let cursor = await ownCursor(graph, stream);
  return async (shares) => {
    const [number = '0'] = cursor.position.split('-');
    const entry = { acceptedAtMs: Date.now(), lastSeq: 0, count: shares.length };
    const counts = { stored: shares.length, lateDuplicate: 0, lateConflict: 0, deadLettered: 0 };
    const batch = {
      changes: shares.map(toChange),
      after: cursor.position,
      position: `${Number(number) + 1}-0`,
      seq: 0,
      acceptedAt: 0,
      tallies: [tallyEntry(entry, counts)],
    };
    ({ cursor } = await projectGraphBatch({ graph }, cursor, batch));
  };
}

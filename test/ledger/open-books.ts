import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { AppendResult } from '../../src/log/append.ts';
import type { Log } from '../../src/log/open-log.ts';
import { buildRequest, type TestItem } from '../log/build-request.ts';
import { openTestLog } from '../setup/open-test-log.ts';
import { emptyGraph, openEmptyGraph, openFreshFacts } from '../setup/open-test-stores.ts';

/** The three stores of a test, and what the projectors would do to them, one step at a time. */
export type Books = {
  log: Log;
  graph: Graph;
  facts: Facts;
  /** Takes in new events, and as many repeats of them and refusals as told. */
  takeIn(events: { accepted: number; atMs: number; duplicate?: number; rejected?: number }): Promise<AppendResult>;
  /** Rows of events with these accept numbers. */
  store(seqs: readonly number[], atMs: number): Promise<void>;
  addOutcome(seq: number, status: 'lateDuplicate' | 'lateConflict', atMs: number): Promise<void>;
  addLetter(seq: number, stage: 'graph' | 'facts', atMs: number): Promise<void>;
  tally(minuteMs: number, counts: Partial<TestTally>): Promise<void>;
  reach(positions: { graphSeq?: number; factsSeq?: number }): Promise<void>;
  /** Nothing in any store, and another log: making databases anew would take longer than the tests. */
  clear(): Promise<void>;
  close(): Promise<void>;
};

export type TestTally = {
  seq: number;
  stored: number;
  notForThisStore: number;
  lateDuplicate: number;
  lateConflict: number;
  deadLettered: number;
};

const numbers = z.record(z.string(), z.number());

export const addTally = {
  path: 'a tally as the graph projector leaves it',
  text: 'MERGE (tally:Tally {minuteMs: $minuteMs}) SET tally += $counts',
  params: z.object({ minuteMs: z.number(), counts: numbers }),
  row: z.object({}),
};
export const setCursor = {
  path: 'how far the graph is',
  text: "MERGE (cursor:Cursor {stream: '0'}) SET cursor.seq = $seq",
  params: z.object({ seq: z.number() }),
  row: z.object({}),
};

export async function openBooks(): Promise<Books> {
  const [log, graph, { facts }] = await Promise.all([openTestLog(), openEmptyGraph(), openFreshFacts()]);
  const books: Books = {
    log,
    graph,
    facts,
    ...doorOf(() => books.log),
    ...factsOf(facts),
    tally: async (minuteMs, counts) => void (await graph.write(addTally, { minuteMs, counts: { ...counts } })),
    reach: async ({ graphSeq, factsSeq }) => {
      if (factsSeq !== undefined) await books.log.publishProgress({ factsSeq });
      if (graphSeq !== undefined) await graph.write(setCursor, { seq: graphSeq });
    },
    clear: async () => {
      books.log.close();
      books.log = await openTestLog();
      await emptyGraph(graph);
      for (const table of ['events', 'outcomes', 'dead_letters', 'ledger'])
        await facts.command(`TRUNCATE TABLE ${table}`);
    },
    close: async () => {
      books.log.close();
      await Promise.all([graph.close(), facts.close()]);
    },
  };
  return books;
}

function doorOf(log: () => Log): Pick<Books, 'takeIn'> {
  return {
    takeIn: ({ accepted, atMs, duplicate = 0, rejected = 0 }) => {
      const items: TestItem[] = range(1, accepted).map(() => ({ id: randomUUID(), content: 1 }));
      const repeats = range(1, duplicate).map(
        (place) => items[(place - 1) % items.length] ?? { id: 'none', content: 1 },
      );
      return log().append(buildRequest([...items, ...repeats], atMs, rejected));
    },
  };
}

function factsOf(facts: Facts): Pick<Books, 'store' | 'addOutcome' | 'addLetter'> {
  const insert = (table: string, row: Record<string, unknown>) => insertRows(facts, table, [row]);
  return {
    store: (seqs, atMs) =>
      insertRows(
        facts,
        'events',
        seqs.map((seq) => ({ accept_seq: seq, accepted_at: atMs, event_id: `e${seq}`, event_name: 'post_view' })),
      ),
    addOutcome: (seq, status, atMs) => insert('outcomes', { accept_seq: seq, accepted_at: atMs, status }),
    addLetter: (seq, stage, atMs) =>
      insert('dead_letters', { id: `${stage}-${seq}`, stage, accept_seq: seq, accepted_at: atMs, state: 'waiting' }),
  };
}

async function insertRows(facts: Facts, table: string, rows: ReadonlyArray<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  await facts.insert(
    { table, columns, token: randomUUID() },
    rows.map((row) => Object.values(row)),
  );
}

/** Whole numbers, both ends included. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place);
}

import { z } from 'zod';
import type { Facts } from '../../../src/facts/facts.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { readCursor } from '../../../src/project/graph/cursor.ts';
import { beginGraphTurn } from '../../../src/project/graph/run-graph-projector.ts';

export const stream = 'test';

/** `watch`: looks on without being counted, where `graph` is one that fails. */
export type Stores = { graph: Graph; facts: Facts; log: Log; watch?: Graph };

export const graphLimits = {
  maxEntries: 100,
  blockMs: 0,
  maxChanges: 50,
  gatherItems: 0,
  linkPosts: 100,
  linkWork: 10,
  maxRefused: 20,
  foreignCheckMs: 300,
  factsWaitMs: 5,
};

const findWork = {
  path: 'whether anything waits to be linked',
  text: 'RETURN EXISTS { MATCH (:LinkWork) } OR EXISTS { MATCH (:Dissolving) } AS waiting',
  params: z.object({}),
  row: z.object({ waiting: z.boolean() }),
};

export type GraphRun = { dead: number; steps: number };

/** A graph projector that has just taken over, and is stepped until the log is read and everything is linked. */
export async function projectGraph(stores: Stores, overrides: Partial<typeof graphLimits> = {}): Promise<GraphRun> {
  const { graph, facts, log } = stores;
  const run: GraphRun = { dead: 0, steps: 0 };
  const turn = await beginGraphTurn(
    {
      graph,
      facts,
      log,
      factsPosition: async () => (await log.projectors.readState('facts')).position,
      onBatch: () => undefined,
      onLetters: (letters) => {
        run.dead += letters;
      },
      now: Date.now,
    },
    stream,
    { ...graphLimits, ...overrides },
  );
  const lastId = await log.lastId();
  while (!(await isThrough(stores, lastId))) {
    await turn.step();
    run.steps += 1;
  }
  return run;
}

async function isThrough({ graph, watch = graph }: Stores, lastId: string): Promise<boolean> {
  const cursor = await readCursor(watch, stream);
  const [work] = await watch.read(findWork, {});
  return cursor?.position === lastId && work?.waiting === false;
}

export const sumTallies = {
  path: 'what the graph counted, over all minutes',
  text: `MATCH (tally:Tally) RETURN sum(tally.stored) AS stored, sum(tally.notForThisStore) AS notForThisStore,
    sum(tally.lateDuplicate) AS lateDuplicate, sum(tally.lateConflict) AS lateConflict,
    sum(tally.deadLettered) AS deadLettered, max(tally.seq) AS seq`,
  params: z.object({}),
  row: z.object({
    stored: z.number(),
    notForThisStore: z.number(),
    lateDuplicate: z.number(),
    lateConflict: z.number(),
    deadLettered: z.number(),
    seq: z.number().nullable(),
  }),
};

export const readPosts = {
  path: 'every post with its parent',
  text: `MATCH (post:Post) RETURN post.id AS id, post.state AS state, post.rootId AS rootId, post.depth AS depth,
    head([(post)-[:SHARED_FROM]->(parent) | parent.id]) AS parentId,
    size([(post)-[edge:SHARED_FROM]->() | edge]) AS edges ORDER BY id`,
  params: z.object({}),
  row: z.object({
    id: z.string(),
    state: z.string(),
    rootId: z.string().nullable(),
    depth: z.number().nullable(),
    parentId: z.string().nullable(),
    edges: z.number(),
  }),
};

export const readDeadRefusals = {
  path: 'what the graph could not take',
  text: `MATCH (refusal:Refusal) WHERE refusal.status = 'deadLettered'
    RETURN refusal.acceptSeq AS seq, refusal.postId AS postId, refusal.code AS code, refusal.told AS told ORDER BY seq`,
  params: z.object({}),
  row: z.object({ seq: z.number(), postId: z.string(), code: z.string(), told: z.boolean() }),
};

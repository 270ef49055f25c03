import { randomUUID } from 'node:crypto';
import { readConfig } from '../../src/config.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { acceptEvents } from '../../src/ingest/accept/accept-events.ts';
import { type Log, openLog } from '../../src/log/open-log.ts';
import { beginGraphTurn } from '../../src/project/graph/run-graph-projector.ts';
import type { Turn } from '../../src/project/run-projector.ts';
import type { Measurement } from '../measurement.ts';
import { drawShares, type Share } from './draw-shares.ts';
import type { RawGraph } from './raw-graph.ts';

const sharesARound = 20_000;
const sharesABody = 500;
const producers = 4;

type Deps = { raw: RawGraph; graph: Graph };
type Line = {
  raw: RawGraph;
  log: Log;
  turn: Turn;
  linked: () => number;
  retries: () => number;
  close(): Promise<void>;
};

/**
 * Shares of one root, from the bytes of their requests through the log to linked posts, by producers that send at the
 * same time. One projector writes, so that nobody has to wait for a lock or to try again: equal only without a retry.
 */
export async function measureProducers(deps: Deps, rounds: number): Promise<Measurement> {
  const line = await openLine(deps);
  const measurement: Measurement = {
    name: `graph-writes ${producers} producers of one root vs one`,
    unit: 'shares/s',
    ours: [],
    baseline: [],
    equal: true,
    bar: { ratioAtLeast: 0.9 },
  };
  try {
    for (let round = -1; round < rounds; round += 1) {
      const rates = { four: 0, one: 0 };
      const order = round % 2 === 0 ? (['four', 'one'] as const) : (['one', 'four'] as const);
      for (const kind of order) rates[kind] = await timeShares(line, kind === 'four' ? producers : 1, measurement);
      if (round < 0) continue;
      measurement.ours.push(rates.four);
      measurement.baseline.push(rates.one);
    }
    measurement.equal &&= line.retries() === 0;
    return { ...measurement, name: `${measurement.name} (${line.retries()} retries)` };
  } finally {
    await line.close();
  }
}

async function timeShares(line: Line, senders: number, measurement: Measurement): Promise<number> {
  const shares = drawShares(sharesARound, 'star');
  const rootId = shares[0]?.rootId;
  await line.raw.makeRoot(rootId);
  const bodies = toBodies(shares);
  const before = line.linked();
  const startedAt = performance.now();
  const sending = Promise.all(Array.from({ length: senders }, (_, sender) => send(line, bodies, sender, senders)));
  while (line.linked() - before < sharesARound) await line.turn.step();
  const rate = sharesARound / ((performance.now() - startedAt) / 1000);
  const accepted = (await sending).reduce((sum, count) => sum + count, 0);
  if (accepted !== sharesARound || (await line.raw.countStored(rootId)) !== sharesARound * 3) measurement.equal = false;
  return rate;
}

/** Each producer sends its part, one request after the other. */
async function send({ log }: Line, bodies: readonly Buffer[], sender: number, senders: number): Promise<number> {
  let accepted = 0;
  for (let place = sender; place < bodies.length; place += senders) {
    const body = bodies[place] ?? Buffer.alloc(0);
    const answer = await acceptEvents({ ...door, log }, { body, framing: 'json', wantsAll: false });
    accepted += answer.ok ? answer.body.accepted : 0;
  }
  return accepted;
}

const door = {
  now: () => Date.now(),
  count: () => undefined,
  sawItems: () => undefined,
  time: () => undefined,
  limits: { maxDepth: 32, maxItems: 10_000, maxKeysPerItem: 1000 },
};

function toBodies(shares: readonly Share[]): Buffer[] {
  return Array.from({ length: Math.ceil(shares.length / sharesABody) }, (_, body) => {
    const events = shares.slice(body * sharesABody, (body + 1) * sharesABody).map(toEvent);
    return Buffer.from(JSON.stringify({ events }));
  });
}

function toEvent({ id, parentId, authorId }: Share): object {
  const data = { postId: parentId, shareId: id, method: 'explicit' };
  const timestamp = new Date().toISOString();
  return { eventId: id, eventName: 'post_share', userId: authorId, sessionId: 'bench', timestamp, data };
}

async function openLine({ raw, graph }: Deps): Promise<Line> {
  const url = process.env['REDIS_URL'];
  if (url === undefined) throw new Error('REDIS_URL is not set: npm run bench starts the stores and sets it');
  const name = `bench-${randomUUID()}`;
  const log = await openLog({ url, prefix: `{${name}}`, idMemoryBytes: 2 ** 28, answerTimeoutMs: 5000 });
  const counts = { linked: 0, retries: 0 };
  const onBatch = (changes: number) => {
    counts.linked += changes;
  };
  const onRetry = () => {
    counts.retries += 1;
  };
  const { project } = readConfig(process.env);
  const turn = await beginGraphTurn(
    {
      graph: countRetries(graph, onRetry),
      // All times are of this moment, so nothing has to be compared with older facts.
      facts: { select: async () => [] },
      factsPosition: log.lastId,
      log,
      onBatch,
      onLetters: () => undefined,
      now: Date.now,
    },
    name,
    { ...project, blockMs: 10, maxChanges: project.graphChanges },
  );
  return {
    raw,
    log,
    turn,
    linked: () => counts.linked,
    retries: () => counts.retries,
    close: async () => {
      await log.trimBelow(`${await log.lastSeq()}-${Date.now()}`);
      log.close();
      await raw.run('MATCH (cursor:Cursor {stream: $name}) DELETE cursor', { name });
    },
  };
}

/** The driver calls the work of a transaction once more for each transient error, a deadlock among them. */
function countRetries(graph: Graph, onRetry: () => void): Graph {
  return {
    ...graph,
    transact: (work) => {
      let tries = 0;
      return graph.transact((transaction) => {
        tries += 1;
        if (tries > 1) onRetry();
        return work(transaction);
      });
    },
  };
}

import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { Log } from '../../src/log/open-log.ts';
import { openClaim } from '../../src/project/claim.ts';
import { beginFactsTurn } from '../../src/project/facts/run-facts-projector.ts';
import { beginGraphTurn } from '../../src/project/graph/run-graph-projector.ts';
import type { Turn } from '../../src/project/run-projector.ts';
import { acceptInto, openTestLog } from '../setup/open-test-log.ts';
import { emptyGraph, openEmptyGraph, openFreshFacts } from '../setup/open-test-stores.ts';
import { factsLimits, shareEvent } from './facts/open-facts-turn.ts';
import { graphLimits, stream } from './graph/open-graph-turn.ts';

const gatherItems = 4;
const told = { onBatch: () => undefined, onLetters: () => undefined, now: Date.now };

let graph: Graph;
let facts: Facts;
let log: Log;

beforeAll(async () => {
  graph = await openEmptyGraph();
  ({ facts } = await openFreshFacts());
  log = await openTestLog();
});
afterAll(async () => {
  log.close();
  await emptyGraph(graph);
  await graph.close();
  await facts.close();
});

async function factsTurn(): Promise<Turn> {
  const lease = await log.projectors.claim('facts', 'this-test', 60_000);
  if (lease === null) throw new Error('the lease is held by another');
  return beginFactsTurn({ facts, log, ...told }, await openClaim(log, lease), { ...factsLimits, gatherItems });
}

async function graphTurn(): Promise<Turn> {
  const factsPosition = async () => (await log.projectors.readState('facts')).position;
  return beginGraphTurn({ graph, facts, log, factsPosition, ...told }, stream, { ...graphLimits, gatherItems });
}

/** The first step links what was there before, which is nothing. */
async function settled(turn: Turn): Promise<Turn> {
  await turn.step();
  return turn;
}

/** Posts, because a share would have to be linked as well. */
function creations(count: number, name: string): object[] {
  return Array.from({ length: count }, (_, place) => ({
    ...shareEvent(`${name}-${place}`),
    eventName: 'post_created',
    data: { postId: `${name}-${place}` },
  }));
}

test('a projector pauses after a small range, so that the next one gathers, and after a large or an empty one it goes on', async () => {
  const turns = [await settled(await factsTurn()), await settled(await graphTurn())];
  const step = () => Promise.all(turns.map((turn) => turn.step()));
  await acceptInto(log, creations(1, 'few'));
  expect(await step()).toEqual(['idle', 'idle']);
  await acceptInto(log, creations(gatherItems, 'many'));
  expect(await step()).toEqual(['busy', 'busy']);
  expect(await step()).toEqual(['busy', 'busy']);
  expect(await log.readProgress()).toMatchObject({ factsSeq: gatherItems + 1, graphSeq: gatherItems + 1 });
});

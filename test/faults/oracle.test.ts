import neo4j from 'neo4j-driver';
import { type FaultStack, openFaultStack } from './harness/fault-stack.ts';
import { openStory, type Story } from './harness/fault-story.ts';
import { longTestMs, patienceMs } from './harness/patience.ts';
import { judge } from './oracle/judge.ts';

let stack: FaultStack;
let story: Story;

beforeAll(async () => {
  stack = await openFaultStack();
  story = await openStory(stack, { seed: 81 });
  const service = await story.services.add('all', 'api,project');
  await service.waitUntilReady(patienceMs);
  await story.send(40);
  expect((await story.settle()).faults).toEqual([]);
}, longTestMs);
afterAll(async () => {
  await story.close();
  await stack.close();
}, longTestMs);

async function graphWrite(text: string): Promise<void> {
  const { NEO4J_URL, NEO4J_USER, NEO4J_PASSWORD } = stack.endpoints;
  const driver = neo4j.driver(NEO4J_URL, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
  await driver.executeQuery(text, {}, { database: 'neo4j' });
  await driver.close();
}

const aShare = `MATCH (share:Post {state: 'linked'})-[edge:SHARED_FROM]->(parent:Post) WITH share, edge, parent LIMIT 1`;

/** Each is undone before the next, so that every one is found by itself. */
const planted: Array<[what: string, plant: () => Promise<void>, undo: () => Promise<void>, said: RegExp]> = [
  [
    'a doubled edge',
    () => graphWrite(`${aShare} CREATE (share)-[:SHARED_FROM {planted: true}]->(parent)`),
    () => graphWrite('MATCH ()-[edge:SHARED_FROM {planted: true}]->() DELETE edge'),
    /parents is/,
  ],
  [
    'a post that nobody sent',
    () => graphWrite(`CREATE (:Post {id: 'planted', state: 'stub'})`),
    () => graphWrite(`MATCH (post:Post {id: 'planted'}) DELETE post`),
    /planted, which no event names/,
  ],
  [
    'a wrong depth',
    () => graphWrite(`${aShare} SET share.depth = share.depth + 7, share.planted = true`),
    () => graphWrite('MATCH (share:Post {planted: true}) SET share.depth = share.depth - 7 REMOVE share.planted'),
    /depth is/,
  ],
  [
    'a doubled row',
    () => story.ask.command('INSERT INTO events SELECT * FROM events ORDER BY accept_seq LIMIT 1'),
    () => story.ask.command(forgetSecond('events', 'accept_seq')),
    /stored more than once/,
  ],
];

function forgetSecond(table: string, key: string): string {
  return `DELETE FROM ${table} WHERE ${key} = (SELECT min(${key}) FROM ${table})`;
}

/** Without waiting for an agreement that does not come. */
async function findFaults(): Promise<string[]> {
  return (await judge(story.ask, story.services.names, story.history)).faults;
}

describe('the oracle', () => {
  test.each(planted)(
    'finds %s',
    async (_what, plant, undo, said) => {
      await plant();
      const faults = await findFaults();
      expect(faults.join('\n')).toMatch(said);
      await undo();
    },
    longTestMs,
  );

  test(
    'finds a row that is gone, and a rollup that differs from its source',
    async () => {
      const faults = await findFaults();
      expect(faults.join('\n')).toMatch(/acknowledged and is not stored/);
      expect(faults.join('\n')).toMatch(/counted again gives/);
    },
    longTestMs,
  );
});

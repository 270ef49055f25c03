import { z } from 'zod';
import { faultToProblem } from '../../src/compose/fault-to-problem.ts';
import type { Facts } from '../../src/facts/facts.ts';
import { isFactsUnavailable } from '../../src/facts/facts-unavailable.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { isGraphUnavailable } from '../../src/graph/graph-unavailable.ts';
import { QueryTooLarge } from '../../src/query/query-too-large.ts';
import { openTestFacts, openTestGraph } from '../setup/open-test-stores.ts';

let graph: Graph;
let facts: Facts;

beforeAll(() => {
  graph = openTestGraph();
  facts = openTestFacts('default');
});
afterAll(() => Promise.all([graph.close(), facts.close()]));

function counting(text: string) {
  return { path: 'a question of this test', text, params: z.object({}), row: z.object({ counted: z.number() }) };
}

const countForLong = counting('UNWIND range(1, 1000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n) AS counted');
const countMuch = counting('UNWIND range(1, 20000000) AS n WITH collect(n) AS every RETURN size(every) AS counted');
const sumForLong = counting('SELECT sum(sipHash64(number)) % 10 AS counted FROM numbers(60000000)');
const groupMuch = counting('SELECT count() AS counted FROM (SELECT number FROM numbers(10000000) GROUP BY number)');

async function faultOf(question: Promise<unknown>): Promise<unknown> {
  return question.then(
    () => undefined,
    (fault: unknown) => fault,
  );
}

function expectTooLarge(fault: unknown, store: string): void {
  const problem = faultToProblem(fault);
  expect(problem).toMatchObject({ status: 422, code: 'query_too_large', extras: { members: { store } } });
  expect(problem?.extras.members).toMatchObject({ suggestion: expect.stringContaining('Ask for less') });
  expect(problem?.extras.headers).toBeUndefined();
  expect([isGraphUnavailable(fault), isFactsUnavailable(fault)]).toEqual([false, false]);
}

describe('a read that the store has ended', () => {
  test('of the graph, because it took too long, and it is not tried again', async () => {
    const startedMs = Date.now();
    expectTooLarge(await faultOf(graph.withReadTimeout(500).read(countForLong, {})), 'neo4j');
    expect(Date.now() - startedMs).toBeLessThan(10_000);
  });

  test('of the graph, because it took too much memory', async () => {
    expectTooLarge(await faultOf(graph.read(countMuch, {})), 'neo4j');
  });

  test('of the facts, because it took too long', async () => {
    const limited = facts.withReadLimits({ readTimeoutMs: 100, readMemoryBytes: 1_000_000_000 });
    expectTooLarge(await faultOf(limited.select(sumForLong, {})), 'clickhouse');
  });

  test('of the facts, because it took too much memory', async () => {
    const limited = facts.withReadLimits({ readTimeoutMs: 30_000, readMemoryBytes: 50_000_000 });
    expectTooLarge(await faultOf(limited.select(groupMuch, {})), 'clickhouse');
    expectTooLarge(await faultOf(limited.selectBytes(groupMuch, {}, 'Native')), 'clickhouse');
  });

  test('is a question that its own walk has ended, too', () => {
    const problem = faultToProblem(new QueryTooLarge('too many posts'));
    expect(problem).toMatchObject({ status: 422, code: 'query_too_large', message: 'too many posts' });
  });
});

test('reads without limits, those of the service itself, go on for as long as they take', async () => {
  expect(await facts.select(sumForLong, {})).toHaveLength(1);
  const counted = await graph.read(counting('UNWIND range(1, 3000000) AS n RETURN count(n) AS counted'), {});
  expect(counted).toEqual([{ counted: 3_000_000 }]);
});

import type { Outcomes } from '../../src/ingest/receipt/outcomes.ts';
import { waitForReceipt } from '../../src/ingest/receipt/wait-for-receipt.ts';
import type { Progress } from '../../src/log/projector/progress.ts';
import { LogUnavailable } from '../../src/log/redis/log-unavailable.ts';
import { openTestLog } from '../setup/open-test-log.ts';

const receipt = { firstSeq: 1, acceptedAtMs: 5, count: 1 };
const held: Outcomes = { graph: { posts: [], refusals: [] }, facts: { held: 1, outcomes: [] } };
let nothingYet: Progress;

beforeAll(async () => {
  const log = await openTestLog();
  nothingYet = await log.readProgress();
  log.close();
});

function waiting(progress: () => Promise<Progress>, findOutcomes = async () => held) {
  let nowMs = 0;
  const sleep = async (durationMs: number) => {
    nowMs += durationMs;
  };
  return waitForReceipt({ progress, findOutcomes, sleep, now: () => nowMs }, receipt, 1000);
}

// After the events were accepted no store's trouble may become a 503, which says that nothing was kept.
test('a store that does not answer for a while is asked again', async () => {
  const done = { ...nothingYet, graphSeq: 1, factsSeq: 1 };
  let asked = 0;
  const progress = async () => {
    asked += 1;
    if (asked < 3) throw new LogUnavailable('no answer', true);
    return done;
  };
  expect(await waiting(progress)).toEqual({ state: 'projected', graph: 0, facts: 1 });
});

test('a store that never answers leaves the request queued when its time is up', async () => {
  const down = async (): Promise<never> => {
    throw new Error('down');
  };
  expect(await waiting(down)).toEqual({ state: 'queued', graph: 0, facts: 0 });
  const done = { ...nothingYet, graphSeq: 1, factsSeq: 1 };
  expect(await waiting(async () => done, down)).toEqual({ state: 'queued', graph: 0, facts: 0 });
});

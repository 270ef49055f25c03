import { setTimeout as delay } from 'node:timers/promises';
import type { Facts } from '../../../src/facts/facts.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { openClaim } from '../../../src/project/claim.ts';
import { addRange } from '../../../src/project/tally/add-range.ts';
import { recountTally } from '../../../src/project/tally/recount/recount-tally.ts';
import { startTally } from '../../../src/project/tally/start-tally.ts';
import { openTestLog } from '../../setup/open-test-log.ts';
import { openFreshFacts } from '../../setup/open-test-stores.ts';
import { acceptedAtMs, drawTallied, dumpTally, insertFacts, rules } from './tallied-facts.ts';

const number = 800;
const events = drawTallied(3, number);
const limits = { holdMs: 20_000, confirmMs: 20_000, factsAtOnce: 500, quarterDays: 0 };
const untilMs = 20_000;

let facts: Facts;
let log: Log;
let tally: { stop(): Promise<void> };

function start() {
  return startTally(
    {
      facts,
      log,
      rules,
      owner: 'this-test',
      onBatch: () => undefined,
      onFault: (name, fault) => console.error(name, fault),
    },
    { leaseMs: 2000, retryMaxMs: 100, idleMs: 20, gatherMs: 0, maxItems: 300 },
  );
}

async function untilCounted(seq: number): Promise<void> {
  const deadlineMs = Date.now() + untilMs;
  while ((await log.readProgress()).tallySeq < seq) {
    if (Date.now() > deadlineMs) throw new Error(`the tally did not come to ${seq}`);
    await delay(20);
  }
}

async function accept(from: number, to: number): Promise<void> {
  await insertFacts(facts, events.slice(from, to), from);
  await log.publishProgress({ factsSeq: to, factsPosition: `${to}-${acceptedAtMs}` });
}

const recount = (dryRun = false) => recountTally({ facts, log, rules, now: () => acceptedAtMs }, { dryRun }, limits);

beforeAll(async () => {
  ({ facts } = await openFreshFacts());
  log = await openTestLog();
  await accept(0, 400);
  // A tally that died after it had counted a range, and before it had said so.
  const lease = await log.projectors.claim('tally', 'another', 60_000);
  if (lease === null) throw new Error('the tally is held');
  const claim = await openClaim(log, lease);
  await claim.prepare({ first: '1', last: '150', extra: null });
  await addRange({ facts, rules }, { afterSeq: 0, toSeq: 150 });
  await log.projectors.release(lease);
  tally = start();
  await untilCounted(400);
  await accept(400, number);
  await untilCounted(number);
});
afterAll(async () => {
  await tally.stop();
  log.close();
  await facts.close();
});

describe('counting anew', () => {
  test('finds nothing to mend after a range that was counted twice, and says up to when was counted', async () => {
    expect(await recount()).toEqual([]);
    const { tallyPosition, factsPosition } = await log.readProgress();
    expect(tallyPosition).toBe(factsPosition);
  });

  test.each([
    ['a lost like', 'DELETE FROM reactions WHERE is_on AND accept_seq % 7 = 0', ['reactions']],
    ['a forgotten bot', 'ALTER TABLE exclusions DELETE WHERE 1 SETTINGS mutations_sync = 1', ['exclusions']],
    [
      'a month that is wrong',
      "INSERT INTO engagement_quarters (quarter, post_id, views) VALUES ('2026-01-05 10:15:00', 'p1', 3)",
      ['engagement_quarters 202601', 'engagement_days 202601'],
    ],
    [
      'a day that is lost',
      "ALTER TABLE engagement_days DELETE WHERE day = '2026-02-03' SETTINGS mutations_sync = 1",
      ['engagement_days 202602'],
    ],
    [
      'a month of what is excluded',
      "ALTER TABLE excluded_engagement DROP PARTITION ID '202601'",
      ['excluded_engagement 202601'],
    ],
  ])('finds %s, says so, and puts it right', async (_what, damage, tables) => {
    const before = await dumpTally(facts);
    await facts.command(damage);
    const names = (found: Array<{ table: string; partition: string }>) =>
      found.map(({ table, partition }) => (partition === 'all' ? table : `${table} ${partition}`));
    expect(names(await recount())).toEqual(tables);
    expect(await dumpTally(facts)).toEqual(before);
  });

  test('changes nothing when it is only asked to look', async () => {
    await facts.command("INSERT INTO engagement_days (day, post_id, views) VALUES ('2026-01-05', 'p1', 3)");
    expect(await recount(true)).toMatchObject([{ table: 'engagement_days', partition: '202601' }]);
    expect(await recount()).toHaveLength(1);
    expect(await recount()).toEqual([]);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { readConfig } from '../../src/config.ts';
import { type Facts, openFacts } from '../../src/facts/facts.ts';
import { type Log, openLog } from '../../src/log/open-log.ts';
import { openHttpLine } from '../cascade/http-line.ts';
import { isTallyRight } from '../facts/check-tally.ts';
import { graphEndpoint, openRawGraph } from '../graph/raw-graph.ts';
import { areStoresOwn } from '../open-bench-stores.ts';
import { startBenchService } from '../start-bench-service.ts';
import { type Crowd, listBeginnings } from './mixed-events.ts';
import { openPoster } from './post-body.ts';

/** A service with everything in it, and what looks past it into the log and the facts. */
export type WholeService = {
  url: string;
  facts: Facts;
  /** Returns when all stores and the tally hold whatever was accepted. */
  waitUntilHeld(): Promise<void>;
  /** Makes the posts and the bots; how many events that were. */
  begin(crowd: Crowd): Promise<number>;
  /** Whether so many events are there, each once, in balanced books, and counted right. */
  hasAll(accepted: number): Promise<boolean>;
  close(): Promise<void>;
};

const lookAgainMs = 100;
const mostWaitMs = 900_000;
const bodyEvents = 1000;

export async function openWholeService(): Promise<WholeService> {
  if (!areStoresOwn()) throw new Error('a whole service runs on stores of the benchmark’s own: leave REDIS_URL unset');
  await emptyGraph();
  const { url, prefix, database, stop } = await startBenchService();
  const { clickhouse, redis } = readConfig(process.env);
  const log = await openLog({ ...redis, prefix, answerTimeoutMs: 5000 });
  const facts = openFacts({ ...clickhouse, database, timeoutMs: 600_000 });
  const waitUntilHeld = () => waitForStores(log);
  return {
    url,
    facts,
    waitUntilHeld,
    begin: async (crowd) => {
      const events = await postAll(`${url}/v1/events`, listBeginnings(crowd));
      await waitUntilHeld();
      return events;
    },
    hasAll: (accepted) => checkAll({ url, facts, log }, accepted),
    close: async () => {
      await stop();
      await log.trimBelow(`${await log.lastSeq()}-${Date.now()}`);
      log.close();
      await facts.command(`DROP DATABASE ${database}`);
      await facts.close();
    },
  };
}

/** What the graph followed was the log of an entry before this one. */
async function emptyGraph(): Promise<void> {
  const raw = openRawGraph(graphEndpoint());
  await raw.run(
    `MATCH (node) WHERE NOT node:Migration CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 5000 ROWS`,
  );
  await raw.close();
}

/** What the lag metrics are made of, asked of the log itself: a scrape that takes too long shows the numbers from before. */
async function waitForStores(log: Log): Promise<void> {
  const deadlineMs = Date.now() + mostWaitMs;
  while (Date.now() < deadlineMs) {
    const [lastSeq, progress] = [await log.lastSeq(), await log.readProgress()];
    const { graphSeq, factsSeq, tallySeq, graphLinkSeq, lineageLinkSeq } = progress;
    if (Math.min(graphSeq, factsSeq, tallySeq) >= lastSeq && lineageLinkSeq >= graphLinkSeq) return;
    await sleep(lookAgainMs);
  }
  throw new Error(
    `the stores did not hold everything in ${mostWaitMs} ms: ${JSON.stringify(await log.readProgress())}`,
  );
}

async function postAll(url: string, events: readonly object[]): Promise<number> {
  const poster = openPoster(url, 1);
  let held = 0;
  for (let from = 0; from < events.length; from += bodyEvents) {
    const body = Buffer.from(JSON.stringify({ events: events.slice(from, from + bodyEvents) }));
    held += (await poster.post(body, () => true)).held;
  }
  poster.close();
  return held;
}

const countStatement = {
  path: 'none',
  text: `SELECT count() AS events, uniqExact(event_id) AS ids, countIf(event_name = 'post_share') AS shares,
      (SELECT count() FROM lineage WHERE depth > 0) AS linked
    FROM events`,
  params: z.object({}),
  row: z.object({ events: z.number(), ids: z.number(), shares: z.number(), linked: z.number() }),
};

const ledger = z.object({
  totals: z.object({ accepted: z.number(), stored: z.number(), pending: z.number(), balanced: z.boolean() }),
});

type Sources = { url: string; facts: Facts; log: Log };

async function checkAll({ url, facts, log }: Sources, accepted: number): Promise<boolean> {
  const [counted] = await facts.select(countStatement, {});
  const line = openHttpLine(url);
  const { totals } = ledger.parse(await line.get('/v1/ledger'));
  line.close();
  const found = { ...counted, lastSeq: await log.lastSeq(), ...totals };
  console.error(`accepted by count of the senders ${accepted}; found ${JSON.stringify(found)}`);
  const isWhole = [found.events, found.ids, found.lastSeq, found.accepted, found.stored].every((of) => of === accepted);
  const isLinked = found.linked === found.shares && found.pending === 0;
  return isWhole && isLinked && found.balanced && (await isTallyRight(facts));
}

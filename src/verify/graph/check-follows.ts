import { z } from 'zod';
import { canonicalEvent } from '../../event/canonical-event.ts';
import { statement } from '../../query/statement.ts';
import { type Check, openTally } from '../check.ts';
import { hashParts } from '../facts/check-in-store.ts';
import { loadLetters, loadRefusals, waitingFactsLetters } from '../posts/load-events.ts';
import type { GraphRefusal } from '../posts/standing-events.ts';
import { type LogEvent, readLogEvents } from '../read-log-events.ts';
import { type Positions, readPositions, watermarkEntry, watermarkOf } from '../read-positions.ts';
import type { VerifyDeps } from '../verify-deps.ts';

export const lastFollowsStatement = statement('clickhouse/verify/last-follows.sql', {
  params: z.object({ lastSeq: z.number(), leftOut: z.array(z.number()), parts: z.number(), part: z.number() }),
  row: z.object({
    accountId: z.string(),
    targetAccountId: z.string(),
    follows: z.union([z.boolean(), z.number()]).transform(Boolean),
    atMs: z.number(),
    eventId: z.string(),
  }),
});
export const pageAccountsStatement = statement('cypher/verify/page-accounts.cypher', {
  params: z.object({ after: z.string(), limit: z.number() }),
  row: z.object({
    id: z.string(),
    // An edge that is replaced while it is read has lost what it carried.
    follows: z.array(
      z.object({
        targetId: z.string(),
        follows: z.boolean(),
        at: z.number().nullable(),
        eventId: z.string().nullable(),
      }),
    ),
  }),
});

type Deps = Pick<VerifyDeps, 'facts' | 'graph' | 'log' | 'limits' | 'onProgress'>;

const check = 'follows are the last word on each pair';

type Word = { follows: boolean; at: number | null; eventId: string | null };

/** Pairs of accounts with the last word on them. */
type Pairs = Map<string, Word>;

/** Who follows whom by the graph, against the latest event of each pair; pairs on which the log has a later word are left out. */
export async function checkFollows(deps: Deps): Promise<Check> {
  const tally = openTally(check, 'I2, I3', deps.limits.maxExamples);
  const before = await readPositions(deps);
  const wanted = await loadPairs(deps, watermarkOf(before).acceptSeq);
  const differing: Array<[pair: string, expected: string, found: string]> = [];
  for await (const [pair, word] of pagePairs(deps)) {
    tally.look();
    // A pair that was seen is no longer wanted; a second edge of it finds nothing.
    const expected = say(wanted.get(pair));
    wanted.delete(pair);
    if (expected !== say(word)) differing.push([pair, expected, say(word)]);
  }
  tally.look(wanted.size);
  for (const [pair, word] of wanted) differing.push([pair, say(word), say(undefined)]);
  const later = differing.length === 0 ? new Set<string>() : await loadLaterPairs(deps, before);
  for (const [subject, expected, found] of differing)
    if (!later.has(subject)) tally.differ({ subject, expected, found });
  return tally.finish();
}

/** What waits as a letter of the graph is not expected there; what waits as a letter of the facts is. */
async function loadPairs(deps: Deps, lastSeq: number): Promise<Pairs> {
  const { facts, limits } = deps;
  const refusals = await loadRefusals(deps, lastSeq);
  const pairs: Pairs = new Map();
  for (const part of hashParts(lastSeq, limits.factsAtOnce)) {
    for (const row of await facts.select(lastFollowsStatement, { lastSeq, leftOut: deadOf(refusals), ...part })) {
      const { accountId, targetAccountId, follows, atMs, eventId } = row;
      pairs.set(pairOf(accountId, targetAccountId), { follows, at: atMs, eventId });
    }
  }
  for (const letter of waitingFactsLetters(await loadLetters(deps, lastSeq))) {
    if (!refusals.has(letter.acceptSeq)) addFollow(pairs, letter);
  }
  return pairs;
}

function deadOf(refusals: ReadonlyMap<number, GraphRefusal>): number[] {
  return [...refusals].filter(([, { status }]) => status === 'deadLettered').map(([acceptSeq]) => acceptSeq);
}

/** Of two words on one pair the later counts; the same time is settled by the event id in byte order. */
function addFollow(pairs: Pairs, { raw, timestampMs }: LogEvent): void {
  const event = canonicalEvent(raw, timestampMs);
  if (event.eventName !== 'user_follow') return;
  const { accountId = '', targetAccountId = '', eventId, data } = event;
  const pair = pairOf(accountId, targetAccountId);
  const known = pairs.get(pair);
  const isLater =
    known === undefined ||
    timestampMs > (known.at ?? 0) ||
    (timestampMs === known.at && Buffer.compare(Buffer.from(eventId), Buffer.from(known.eventId ?? '')) > 0);
  if (isLater) pairs.set(pair, { follows: data.action === 'follow', at: timestampMs, eventId });
}

async function* pagePairs({ graph, limits }: Deps): AsyncGenerator<[pair: string, found: Word]> {
  const limit = limits.idsAtOnce;
  for (let after = ''; ; ) {
    const page = await graph.read(pageAccountsStatement, { after, limit });
    for (const { id, follows } of page) {
      for (const { targetId, ...word } of follows) yield [pairOf(id, targetId), word];
    }
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last.id;
  }
}

/** What was accepted beyond the watermark while the graph was read. */
async function loadLaterPairs(deps: Deps, before: Positions): Promise<ReadonlySet<string>> {
  const pairs: Pairs = new Map();
  const { graph } = await readPositions(deps);
  const beyond = { after: watermarkEntry(before), lastSeq: graph.seq };
  for await (const event of readLogEvents(deps, beyond)) addFollow(pairs, event);
  return new Set(pairs.keys());
}

function pairOf(accountId: string, targetId: string): string {
  return JSON.stringify([accountId, targetId]);
}

function say(word: Word | undefined): string {
  if (word === undefined) return 'none, or only one';
  return `${word.follows ? 'follows' : 'unfollowed'} at ${word.at} by ${word.eventId}`;
}

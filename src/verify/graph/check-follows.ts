import { z } from 'zod';
import { canonicalEvent } from '../../event/canonical-event.ts';
import { statement } from '../../query/statement.ts';
import { type Check, openTally } from '../check.ts';
import { hashParts } from '../facts/check-in-store.ts';
import { isAccepted } from '../posts/load-events.ts';
import { readLogEvents } from '../read-log-events.ts';
import { type Positions, readPositions, watermarkEntry, watermarkOf } from '../read-positions.ts';
import type { VerifyDeps } from '../verify-deps.ts';

export const lastFollowsStatement = statement('clickhouse/verify/last-follows.sql', {
  params: z.object({ lastSeq: z.number(), parts: z.number(), part: z.number() }),
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

type Deps = Pick<VerifyDeps, 'facts' | 'graph' | 'log' | 'limits'>;

const check = 'follows are the last word on each pair';

/** Pairs of accounts with the last word on them. */
type Pairs = Map<string, string>;

/** Who follows whom by the graph, against the latest event of each pair; pairs on which the log has a later word are left out. */
export async function checkFollows(deps: Deps): Promise<Check> {
  const tally = openTally(check, 'I2, I3', deps.limits.maxExamples);
  const before = await readPositions(deps);
  const wanted = await loadPairs(deps, watermarkOf(before).acceptSeq);
  const differing: Array<[pair: string, expected: string, found: string]> = [];
  for await (const [pair, found] of pagePairs(deps)) {
    tally.look();
    // A pair that was seen is no longer wanted; a second edge of it finds nothing.
    const expected = wanted.get(pair) ?? 'none, or only one';
    wanted.delete(pair);
    if (expected !== found) differing.push([pair, expected, found]);
  }
  tally.look(wanted.size);
  for (const [pair, expected] of wanted) differing.push([pair, expected, 'none']);
  const later = differing.length === 0 ? new Set<string>() : await loadLaterPairs(deps, before);
  for (const [subject, expected, found] of differing)
    if (!later.has(subject)) tally.differ({ subject, expected, found });
  return tally.finish();
}

async function loadPairs({ facts, limits }: Deps, lastSeq: number): Promise<Pairs> {
  const pairs: Pairs = new Map();
  for (const part of hashParts(lastSeq, limits.factsAtOnce)) {
    for (const row of await facts.select(lastFollowsStatement, { lastSeq, ...part })) {
      pairs.set(pairOf(row.accountId, row.targetAccountId), say(row.follows, row.atMs, row.eventId));
    }
  }
  return pairs;
}

async function* pagePairs({ graph, limits }: Deps): AsyncGenerator<[pair: string, found: string]> {
  const limit = limits.idsAtOnce;
  for (let after = ''; ; ) {
    const page = await graph.read(pageAccountsStatement, { after, limit });
    for (const { id, follows } of page) {
      for (const { targetId, follows: isFollowed, at, eventId } of follows) {
        yield [pairOf(id, targetId), say(isFollowed, at, eventId)];
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last.id;
  }
}

/** What was accepted beyond the watermark while the graph was read. */
async function loadLaterPairs(deps: Deps, before: Positions): Promise<Set<string>> {
  const pairs = new Set<string>();
  const { graph } = await readPositions(deps);
  for await (const { value, timestampMs } of readLogEvents(deps, {
    after: watermarkEntry(before),
    lastSeq: graph.seq,
  })) {
    const event = isAccepted(value) ? canonicalEvent(value, timestampMs) : null;
    if (event?.eventName !== 'user_follow') continue;
    pairs.add(pairOf(event.accountId ?? '', event.targetAccountId ?? ''));
  }
  return pairs;
}

function pairOf(accountId: string, targetId: string): string {
  return JSON.stringify([accountId, targetId]);
}

function say(follows: boolean, atMs: number | null, eventId: string | null): string {
  return `${follows ? 'follows' : 'unfollowed'} at ${atMs} by ${eventId}`;
}

import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { type Check, openTally, type Tally } from '../check.ts';
import { hashParts } from '../facts/check-in-store.ts';
import type { VerifyDeps } from '../verify-deps.ts';

const follow = { follows: z.boolean(), eventId: z.string() };

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
  row: z.object({ id: z.string(), follows: z.array(z.object({ ...follow, targetId: z.string(), at: z.number() })) }),
});

type Deps = Pick<VerifyDeps, 'facts' | 'graph' | 'limits'>;

const check = 'follows are the last word on each pair';

/** Who follows whom by the graph, against the latest event of each pair. Only for a graph that stands still. */
export async function checkFollows({ facts, graph, limits }: Deps, lastSeq: number): Promise<Check> {
  const tally = openTally(check, 'I2, I3', limits.maxExamples);
  const wanted = new Map<string, string>();
  for (const part of hashParts(lastSeq, limits.factsAtOnce)) {
    for (const row of await facts.select(lastFollowsStatement, { lastSeq, ...part })) {
      wanted.set(pairOf(row.accountId, row.targetAccountId), say(row.follows, row.atMs, row.eventId));
    }
  }
  const limit = limits.idsAtOnce;
  for (let after = ''; ; ) {
    const page = await graph.read(pageAccountsStatement, { after, limit });
    for (const { id, follows } of page) {
      for (const { targetId, follows: isFollowed, at, eventId } of follows) {
        judge(tally, wanted, pairOf(id, targetId), say(isFollowed, at, eventId));
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < limit) break;
    after = last.id;
  }
  for (const [pair, expected] of wanted) {
    tally.look();
    tally.differ({ subject: pair, expected, found: 'none' });
  }
  return tally.finish();
}

function pairOf(accountId: string, targetId: string): string {
  return JSON.stringify([accountId, targetId]);
}

function say(follows: boolean, atMs: number, eventId: string): string {
  return `${follows ? 'follows' : 'unfollowed'} at ${atMs} by ${eventId}`;
}

/** A pair that was seen is taken from those that are wanted; a second edge of it then finds nothing. */
function judge(tally: Tally, wanted: Map<string, string>, pair: string, found: string): void {
  tally.look();
  const expected = wanted.get(pair) ?? 'none, or only one';
  wanted.delete(pair);
  if (expected !== found) tally.differ({ subject: pair, expected, found });
}

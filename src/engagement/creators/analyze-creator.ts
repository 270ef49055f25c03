import { timeOf } from '../../query/times.ts';
import type { AskedRange } from '../asked/asked-range.ts';
import type { Day } from '../asked/steps.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { engagementRules } from '../rules.ts';
import { countExcludedOfCreator } from './count-excluded-of-creator.ts';
import { countFollowChanges, type FollowChanges } from './count-follow-changes.ts';
import { countFollowers } from './count-followers.ts';
import { countReceived, type Received } from './count-received.ts';
import { type CreatorAnalytics, type CreatorDay, shownPosts, type TierChange } from './creator-answers.ts';
import { findAccount } from './find-account.ts';
import { listDaysBefore } from './list-days.ts';
import { consistencyAt, listPostings, lookBackStart, type Posting } from './list-postings.ts';
import { type Standing, tierOf } from './tier-of.ts';

type Asked = { accountId: string; range: AskedRange; tz: string; days: readonly Day[] };
type Deps = Pick<EngagementDeps, 'facts' | 'asOf'>;

/** Null for an account that no event speaks of. */
export async function analyzeCreator(deps: Deps, asked: Asked): Promise<CreatorAnalytics | null> {
  const { accountId, range, tz, days } = asked;
  const asOf = await deps.asOf();
  if (!(await findAccount(deps, accountId))) return null;
  const read = await readFacts(deps, asked);
  const standings = read.followers.map(({ atMs, followers }) => ({
    atMs,
    followers,
    consistency: consistencyAt(atMs, read.postings),
  }));
  const { followers, consistency } = standings.at(-1) ?? { followers: 0, consistency: 0 };
  return {
    from: timeOf(range.fromMs),
    to: timeOf(range.toMs),
    asOf,
    exact: true,
    excluded: read.excluded,
    accountId,
    tz,
    tier: tierOf({ followers, consistency }),
    followers,
    consistency,
    tierHistory: listTierChanges(standings, days),
    days: days.map((day) => toDay(day, read)),
  };
}

async function readFacts(deps: Deps, { accountId, range, tz, days }: Asked) {
  const [first] = days;
  const before = listDaysBefore(first?.startMs ?? range.fromMs, { tz, count: engagementRules.lookBackDays });
  const dayStartsMs = [...before, ...days].map(({ startMs }) => startMs);
  const momentsMs = [range.fromMs, ...days.map(({ endMs }) => Math.min(endMs, range.toMs))];
  const asked = { accountId, ...range, dayStartsMs };
  const [excluded, followers, postings, received, follows] = await Promise.all([
    countExcludedOfCreator(deps, { accountId, ...range }),
    countFollowers(deps, { accountId, momentsMs }),
    listPostings(deps, { ...asked, sinceMs: lookBackStart(range.fromMs) }),
    countReceived(deps, { ...asked, shownPosts }),
    countFollowChanges(deps, asked),
  ]);
  return { excluded, followers, postings, received, follows };
}

/** The tier at the start, and then each day at whose end it is another one. */
function listTierChanges(standings: ReadonlyArray<Standing & { atMs: number }>, days: readonly Day[]): TierChange[] {
  const changes: TierChange[] = [];
  for (const [place, standing] of standings.entries()) {
    const tier = tierOf(standing);
    const day = days[Math.max(0, place - 1)]?.day;
    if (day !== undefined && changes.at(-1)?.tier !== tier) changes.push({ at: timeOf(standing.atMs), day, tier });
  }
  return changes;
}

type Read = { postings: Posting[]; received: Received[]; follows: FollowChanges[] };

function toDay({ day, startMs }: Day, { postings, received, follows }: Read): CreatorDay {
  const got = received.find(({ dayMs }) => dayMs === startMs);
  const changes = follows.find(({ dayMs }) => dayMs === startMs);
  const posted = postings.filter(({ dayMs }) => dayMs === startMs);
  const views = got?.views ?? 0;
  const rated = (got?.likes ?? 0) + (got?.comments ?? 0) + (got?.shares ?? 0);
  return {
    day,
    contentPosted: posted.reduce((sum, { created }) => sum + created, 0),
    views,
    engagements: rated + (got?.saves ?? 0),
    newFollowers: changes?.begun ?? 0,
    followerChurn: changes?.ended ?? 0,
    engagementRate: views === 0 ? null : rated / views,
    trendingPosts: got?.trendingPosts ?? 0,
    trendingPostIds: got?.trendingPostIds ?? [],
  };
}

import { timeOf } from '../../query/times.ts';
import { engagementRules } from '../rules.ts';
import { roundScore } from '../score-params.ts';
import type { EngagedCascade } from './find-cascade.ts';
import type { EngagementStep } from './post-answers.ts';
import type { Received } from './read-engagement.ts';

const shownCountries = 10;

/** What is said of a step and of the whole alike. */
export function describeCounts(received: Received): Omit<EngagementStep, 'at'> {
  const { impressions, views, uniqueViewers, likes, comments, shares, saves, remixes, watchMs } = received;
  const counts = { impressions, views, uniqueViewers, likes, comments, shares, saves, remixes };
  return { ...counts, watchSeconds: watchMs / 1000, completionRate: completionRate(received) };
}

export function describeSteps(steps: ReadonlyMap<number, Received>, startsMs: readonly number[], none: Received) {
  return startsMs.map((startMs) => ({ at: timeOf(startMs), ...describeCounts(steps.get(startMs) ?? none) }));
}

/** Rates and scores of the whole. A rate of nothing is null. */
export function describeRates(received: Received, creatorBoost: number) {
  const { views, likes, comments, shares, watchMs } = received;
  const perView = (number: number) => (views === 0 ? null : number / views);
  return {
    avgWatchSeconds: perView(watchMs / 1000),
    engagementRate: perView(likes + comments + shares),
    viralCoefficient: perView(shares),
    sharesToViews: perView(shares),
    commentsToViews: perView(comments),
    engagementScore: roundScore(received.score * creatorBoost),
    qualityScore: qualityScore(received),
  };
}

export function describeCountries({ countries }: Received) {
  const byViews = Object.entries(countries).map(([countryCode, views]) => ({ countryCode, views }));
  byViews.sort((one, other) => other.views - one.views || (one.countryCode < other.countryCode ? -1 : 1));
  return { topCountries: byViews.slice(0, shownCountries), countries: byViews.length };
}

/** log2(1 + shares) x structural virality: how far it went, times in how many generations. */
export function viralityScore(cascade: EngagedCascade | null): number | null {
  if (cascade === null || cascade.structuralVirality === null) return null;
  return Math.log2(Math.max(1, cascade.posts)) * cascade.structuralVirality;
}

function completionRate({ completionMillionths, completions }: Received): number | null {
  return completions === 0 ? null : completionMillionths / 1e6 / completions;
}

function qualityScore(received: Received): number | null {
  const { views, impressions, comments, saves } = received;
  if (impressions === 0) return null;
  const { completion, response, responseScale, stayed } = engagementRules.quality;
  const responses = views === 0 ? 0 : Math.min(1, ((comments + saves) / views) * responseScale);
  const bounced = (impressions - views) / impressions;
  return (completionRate(received) ?? 0) * completion + responses * response + (1 - bounced) * stayed;
}

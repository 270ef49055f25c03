import { timeOf } from '../../query/times.ts';
import { type AskedRange, askedRange } from '../asked/asked-range.ts';
import { cutSteps, leastStepSeconds, maxSteps, numberSteps, usualStep } from '../asked/steps.ts';
import { findBoosts } from '../creators/find-boosts.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import {
  describeCountries,
  describeCounts,
  describeRates,
  describeSteps,
  viralityScore,
} from './describe-engagement.ts';
import { findCascade } from './find-cascade.ts';
import { findLifeCycle } from './find-life-cycle.ts';
import { type EngagedPost, findPost } from './find-post.ts';
import type { PostEngagement, PostLifeCycle } from './post-answers.ts';
import { nothingReceived, type Received, readEngagement } from './read-engagement.ts';

/** Steps of an answer for which none were named. */
const usualSteps = 100;
const lifeCycleSteps = 200;
const hourMs = 3_600_000;

export type PostQuestion = {
  postId: string;
  scope: 'post' | 'cascade';
  from?: string | undefined;
  to?: string | undefined;
  stepSeconds?: number | undefined;
  tz: string;
};

type NoAnswer = { kind: 'not_found' } | { kind: 'empty_range' } | { kind: 'too_many_steps'; leastSeconds: number };
type Outcome<Answer> = { kind: 'found'; answer: Answer } | NoAnswer;
type Stretch = AskedRange & { tz: string; stepSeconds: number; startsMs: number[] };

/** How a post was received, alone or with its whole cascade. Without `from` it is told from its first engagement on. */
export async function describePost(deps: EngagementDeps, question: PostQuestion): Promise<Outcome<PostEngagement>> {
  const { postId, scope } = question;
  const asOf = await deps.asOf();
  const [post, cascade, early] = await Promise.all([
    findPost(deps, postId),
    findCascade(deps, postId),
    readEarly(deps, question),
  ]);
  if (post === null) return { kind: 'not_found' };
  const stretch = stretchOf(deps, question, { post, usual: usualSteps });
  if ('kind' in stretch) return stretch;
  const rootId = scope === 'cascade' ? (cascade?.rootId ?? null) : null;
  const authors = post.authorId === null ? [] : [post.authorId];
  const [{ whole, steps }, boosts] = await Promise.all([
    early ?? readEngagement(deps, { postId, rootId, ...asked(stretch) }),
    findBoosts(deps, authors, stretch.toMs),
  ]);
  const answer = {
    postId,
    scope,
    rootPostId: cascade?.rootId ?? null,
    authorId: post.authorId,
    ...headOf(stretch, { asOf, whole }),
    ...describeCounts(whole),
    ...describeRates(whole, boosts.get(post.authorId ?? '') ?? 1),
    viralityScore: viralityScore(cascade),
    ...describeCountries(whole),
    series: describeSteps(steps, stretch.startsMs, nothingReceived),
  };
  return { kind: 'found', answer };
}

/** Growth, peak and decay of a post. */
export async function describeLifeCycle(deps: EngagementDeps, question: PostQuestion): Promise<Outcome<PostLifeCycle>> {
  const { postId, scope } = question;
  const asOf = await deps.asOf();
  const [post, cascade] = await Promise.all([
    findPost(deps, postId),
    scope === 'cascade' ? findCascade(deps, postId) : null,
  ]);
  if (post === null) return { kind: 'not_found' };
  const untilLast = question.to ?? timeOf(Math.min(deps.now(), (post.lastAtMs ?? deps.now() - 1) + 1));
  const stretch = stretchOf(deps, { ...question, to: untilLast }, { post, usual: lifeCycleSteps });
  if ('kind' in stretch) return stretch;
  const rootId = cascade?.rootId ?? null;
  const { whole, steps } = await readEngagement(deps, { postId, rootId, ...asked(stretch) });
  const engagements = stretch.startsMs.map((startMs) => engagementsOf(steps.get(startMs)));
  const lifeCycle = findLifeCycle(engagements);
  const head = { postId, ...headOf(stretch, { asOf, whole }), engagements: engagementsOf(whole) };
  return { kind: 'found', answer: { ...head, ...inTimes(lifeCycle, engagements, stretch) } };
}

/** What was received by the post alone in a range that is named needs nothing else to be known, so it is read at once. */
async function readEarly(deps: EngagementDeps, question: PostQuestion) {
  const { postId, scope, from } = question;
  if (scope !== 'post' || from === undefined) return null;
  const stretch = stretchOf(deps, question, { post: nobody, usual: usualSteps });
  return 'kind' in stretch ? null : readEngagement(deps, { postId, rootId: null, ...asked(stretch) });
}

const nobody: EngagedPost = { authorId: null, firstAtMs: null, lastAtMs: null };

function stretchOf(
  { now, limits }: EngagementDeps,
  question: PostQuestion,
  { post, usual }: { post: EngagedPost; usual: number },
): Stretch | NoAnswer {
  const from = question.from ?? (post.firstAtMs === null ? undefined : timeOf(post.firstAtMs));
  const range = askedRange({ from, to: question.to }, { nowMs: now(), days: limits.rangeDays });
  if (range === null) return { kind: 'empty_range' };
  const { tz, stepSeconds = usualStep(range, question.tz, usual) } = question;
  if (numberSteps(range, { stepSeconds, tz }).stepCount > maxSteps) {
    return { kind: 'too_many_steps', leastSeconds: leastStepSeconds(range, tz, maxSteps) };
  }
  return { ...range, tz, stepSeconds, startsMs: cutSteps(range, { stepSeconds, tz }) };
}

function asked({ fromMs, toMs, tz, stepSeconds }: Stretch) {
  return { fromMs, toMs, tz, stepSeconds };
}

function headOf({ fromMs, toMs, tz, stepSeconds }: Stretch, { asOf, whole }: { asOf: string | null; whole: Received }) {
  return {
    from: timeOf(fromMs),
    to: timeOf(toMs),
    asOf,
    exact: true as const,
    excluded: { events: whole.excludedEvents, accounts: whole.excludedAccounts },
    tz,
    stepSeconds,
  };
}

function engagementsOf({ views, likes, saves, comments, shares }: Received = nothingReceived): number {
  return views + likes + saves + comments + shares;
}

function inTimes(
  lifeCycle: ReturnType<typeof findLifeCycle>,
  engagements: readonly number[],
  { startsMs, toMs }: Stretch,
): Pick<PostLifeCycle, 'peak' | 'phases' | 'halfLifeSeconds'> {
  if (lifeCycle === null) return { peak: null, phases: [], halfLifeSeconds: null };
  const timeAt = (place: number) => startsMs[place] ?? toMs;
  const peakMs = timeAt(lifeCycle.peak);
  const hours = (timeAt(lifeCycle.peak + 1) - peakMs) / hourMs;
  return {
    peak: { at: timeOf(peakMs), engagementsPerHour: (engagements[lifeCycle.peak] ?? 0) / hours },
    phases: lifeCycle.phases.map(({ phase, from, to }) => ({
      phase,
      from: timeOf(timeAt(from)),
      to: timeOf(timeAt(to)),
      engagements: engagements.slice(from, to).reduce((sum, value) => sum + value, 0),
    })),
    halfLifeSeconds: (timeAt(lifeCycle.halfLife) - peakMs) / 1000,
  };
}

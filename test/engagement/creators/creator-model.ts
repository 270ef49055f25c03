import { engagementRules } from '../../../src/engagement/rules.ts';
import type { PostedEvent } from '../engagement-stores.ts';

/** Creators as they are defined, counted event by event in memory; nothing here is shared with the product. */
const dayMs = 86_400_000;
const { weights } = engagementRules;

export type Asked = { fromMs: number; toMs: number; tz: string };
type Known = { event: PostedEvent; ms: number; seq: number; left: boolean };
type Reaction = { ms: number; postId: string; kind: 'view' | 'like' | 'save' | 'comment' | 'share' };

/** The events in the order of time; `kept` are those that count, `owners` who made each post. */
export type Model = { known: readonly Known[]; kept: readonly Known[]; owners: ReadonlyMap<string, string> };

const text = ({ data }: PostedEvent, field: string) => {
  const value = data[field];
  return typeof value === 'string' ? value : '';
};
const madeBy = (event: PostedEvent) =>
  event.eventName === 'post_share' ? text(event, 'shareId') || event.eventId : text(event, 'postId');
const isPosting = ({ eventName }: PostedEvent) => eventName === 'post_created' || eventName === 'post_share';
const byTime = (a: Known, b: Known) => a.ms - b.ms || (a.event.eventId < b.event.eventId ? -1 : 1);

export function openModel(events: readonly PostedEvent[], excludedAccounts: ReadonlySet<string>): Model {
  const known = events.map((event, seq) => ({
    event,
    seq,
    ms: Date.parse(event.timestamp),
    left: excludedAccounts.has(event.userId) || event.metadata?.['isInternal'] === true,
  }));
  const owners = new Map<string, string>();
  for (const { event } of known) {
    const made = madeBy(event);
    if (isPosting(event) && !owners.has(made)) owners.set(made, event.userId);
  }
  return { known, kept: known.filter(({ left }) => !left).sort(byTime), owners };
}

/** What the account's posts received before `toMs`, at any time; likes and saves as they stand at `toMs`. */
function reactionsTo(model: Model, accountId: string, toMs: number): Reaction[] {
  const counted: Reaction[] = [];
  const runs = new Map<string, Reaction>();
  for (const { event, ms } of model.kept) {
    const postId = text(event, 'postId');
    if (ms >= toMs || model.owners.get(postId) !== accountId) continue;
    const key = `${event.eventName} ${postId} ${event.userId}`;
    const action = text(event, 'action');
    if (event.eventName === 'post_view' && Number(event.data['viewDurationMs'] ?? 0) >= 3000)
      counted.push({ ms, postId, kind: 'view' });
    if (event.eventName === 'post_comment') counted.push({ ms, postId, kind: 'comment' });
    if (event.eventName === 'post_share') counted.push({ ms, postId, kind: 'share' });
    if (action === 'unlike' || action === 'unsave') runs.delete(key);
    if ((action === 'like' || action === 'save') && !runs.has(key)) runs.set(key, { ms, postId, kind: action });
  }
  return [...counted, ...runs.values()];
}

/** Who began to follow the account and who ceased, in the order of time. */
function followChanges(model: Model, accountId: string): Array<{ ms: number; change: number }> {
  const following = new Set<string>();
  const changes: Array<{ ms: number; change: number }> = [];
  for (const { event, ms } of model.kept) {
    if (event.eventName !== 'user_follow' || text(event, 'targetUserId') !== accountId) continue;
    const follows = text(event, 'action') === 'follow';
    if (follows === following.has(event.userId)) continue;
    if (follows) following.add(event.userId);
    else following.delete(event.userId);
    changes.push({ ms, change: follows ? 1 : -1 });
  }
  return changes;
}

function followersAt(model: Model, accountId: string, atMs: number): number {
  const said = model.kept.findLast(
    ({ event, ms }) =>
      ms <= atMs &&
      event.userId === accountId &&
      event.eventName.startsWith('user_') &&
      event.data['followerCount'] !== undefined,
  );
  const sinceMs = said?.ms ?? 0;
  const moved = followChanges(model, accountId).filter(({ ms }) => ms > sinceMs && ms <= atMs);
  const base = Number(said?.event.data['followerCount'] ?? 0);
  return Math.max(
    0,
    moved.reduce((sum, { change }) => sum + change, base),
  );
}

function consistencyAt(model: Model, accountId: string, atMs: number): number {
  const seen = model.kept.filter(
    ({ event, ms }) => isPosting(event) && event.userId === accountId && ms > atMs - 30 * dayMs && ms <= atMs,
  );
  return Math.min(1, new Set(seen.map(({ ms }) => Math.floor(ms / dayMs))).size / 30);
}

function tierAt(model: Model, accountId: string, atMs: number): string {
  const followers = followersAt(model, accountId, atMs);
  const consistency = consistencyAt(model, accountId, atMs);
  if (followers >= 1_000_000 && consistency >= 0.5) return 'top';
  if (followers >= 100_000 && consistency >= 0.4) return 'established';
  return followers >= 1000 && consistency >= 0.2 ? 'rising' : 'casual';
}

const formats = new Map<string, Intl.DateTimeFormat>();

function nameOfDay(ms: number, tz: string): string {
  const format = formats.get(tz) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: tz });
  formats.set(tz, format);
  return format.format(ms);
}

/** Each day with the moment at its end, found by looking every quarter of an hour. */
function daysOf({ fromMs, toMs, tz }: Asked): Array<{ day: string; endMs: number }> {
  const step = 900_000;
  const days = [{ day: nameOfDay(fromMs, tz), endMs: toMs }];
  for (let ms = Math.ceil(fromMs / step) * step; ms < toMs; ms += step) {
    const last = days[days.length - 1];
    const day = nameOfDay(ms, tz);
    if (last === undefined || last.day === day) continue;
    last.endMs = ms;
    days.push({ day, endMs: toMs });
  }
  return days;
}

function trendingOn(reactions: readonly Reaction[], day: string, { fromMs, tz }: Asked): string[] {
  const past = new Map<string, number>();
  const today = new Map<string, number>();
  for (const { ms, postId, kind } of reactions) {
    // Formatting is slow, so what is far away is not.
    if (Math.abs(ms - Date.parse(day)) > 33 * dayMs) continue;
    const name = nameOfDay(ms, tz);
    const age = (Date.parse(day) - Date.parse(name)) / dayMs;
    const pair = `${name} ${postId}`;
    if (age >= 1 && age <= 30) past.set(pair, (past.get(pair) ?? 0) + weights[kind]);
    if (age === 0 && ms >= fromMs) today.set(postId, (today.get(postId) ?? 0) + weights[kind]);
  }
  const usual = [...past.values()].reduce((sum, one) => sum + one, 0);
  const above = [...today].filter(([, weighed]) => past.size > 0 && weighed * past.size > 5 * usual);
  return above.map(([postId]) => postId).sort();
}

export function recountAnalytics(model: Model, accountId: string, asked: Asked) {
  const { fromMs, toMs, tz } = asked;
  const reactions = reactionsTo(model, accountId, toMs);
  const changes = followChanges(model, accountId).filter(({ ms }) => ms >= fromMs && ms < toMs);
  const days = daysOf(asked);
  const isOn = (day: string) => (one: { ms: number }) => one.ms >= fromMs && nameOfDay(one.ms, tz) === day;
  const told = [{ at: fromMs, day: days[0]?.day, tier: tierAt(model, accountId, fromMs) }];
  for (const { day, endMs } of days) {
    const tier = tierAt(model, accountId, endMs);
    if (told.at(-1)?.tier !== tier) told.push({ at: endMs, day, tier });
  }
  return {
    excluded: excludedOf(model, asked, ({ eventName, userId, data }) => {
      const own = model.owners.get(String(data['postId'])) === accountId;
      const posting = eventName === 'post_created' || eventName === 'post_share';
      if (posting && userId === accountId) return true;
      if (eventName === 'user_follow') return data['targetUserId'] === accountId;
      return own && /^post_(view|like|save|comment|share)$/.test(eventName);
    }),
    tier: tierAt(model, accountId, toMs),
    followers: followersAt(model, accountId, toMs),
    consistency: consistencyAt(model, accountId, toMs),
    tierHistory: told.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest })),
    days: days.map(({ day }) => {
      const got = reactions.filter(isOn(day));
      const views = got.filter(({ kind }) => kind === 'view').length;
      const saves = got.filter(({ kind }) => kind === 'save').length;
      const trending = trendingOn(reactions, day, asked);
      const posted = model.kept.filter(
        (one) => one.event.eventName === 'post_created' && one.event.userId === accountId && one.ms < toMs,
      );
      const moved = changes.filter(isOn(day));
      return {
        day,
        contentPosted: posted.filter(isOn(day)).length,
        views,
        engagements: got.length - views,
        newFollowers: moved.filter(({ change }) => change === 1).length,
        followerChurn: moved.filter(({ change }) => change === -1).length,
        engagementRate: views === 0 ? null : (got.length - views - saves) / views,
        trendingPosts: trending.length,
        trendingPostIds: trending.slice(0, 20),
      };
    }),
  };
}

function excludedOf(model: Model, { fromMs, toMs }: Asked, counts: (event: PostedEvent) => boolean) {
  const found = model.known.filter(({ event, ms, left }) => left && ms >= fromMs && ms < toMs && counts(event));
  return { events: found.length, accounts: new Set(found.map(({ event }) => event.userId)).size };
}

function isCreator(model: Model, accountId: string, toMs: number): boolean {
  const own = model.kept.filter(({ event, ms }) => event.userId === accountId && ms <= toMs);
  const said = own.findLast(({ event }) => event.data['userType'] !== undefined)?.event.data['userType'];
  return own.some(({ event }) => isPosting(event)) || said === 'creator' || said === 'both';
}

export function recountTiers(model: Model, accounts: readonly string[], asked: Asked) {
  const { fromMs, toMs } = asked;
  const lengthInDays = (toMs - fromMs) / dayMs;
  const creators = accounts
    .filter((accountId) => isCreator(model, accountId, toMs))
    .map((accountId) => {
      const got = reactionsTo(model, accountId, toMs).filter(({ ms }) => ms >= fromMs);
      const views = got.filter(({ kind }) => kind === 'view').length;
      const rated = got.filter(({ kind }) => kind !== 'view' && kind !== 'save').length;
      const moved = followChanges(model, accountId).filter(({ ms }) => ms >= fromMs && ms < toMs);
      const net = moved.reduce((sum, { change }) => sum + change, 0);
      return { tier: tierAt(model, accountId, toMs), views, rate: views === 0 ? [] : [rated / views], net };
    });
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
  const kinds = /^(post_(created|share|view|like|comment)|user_follow)$/;
  return {
    excluded: excludedOf(model, asked, ({ eventName }) => kinds.test(eventName)),
    tiers: ['top', 'established', 'rising', 'casual'].map((tier) => {
      const own = creators.filter((creator) => creator.tier === tier);
      return {
        tier,
        creators: own.length,
        avgDailyViews: mean(own.map(({ views }) => views / lengthInDays)),
        avgEngagementRate: mean(own.flatMap(({ rate }) => rate)),
        avgNetFollowerGrowth: mean(own.map(({ net }) => net / lengthInDays)),
      };
    }),
  };
}

import { Buffer } from 'node:buffer';
import type { PostedEvent } from '../engagement-stores.ts';

/** The definitions again, over a plain list of events in the order in which they were accepted. */
export type Span = { fromMs: number; toMs: number };

const fields = {
  categories: 'category',
  contentTypes: 'contentType',
  music: 'musicId',
  hashtags: 'hashtags',
  effects: 'effects',
} as const;

export type DimensionName = keyof typeof fields;

const msOf = (event: PostedEvent) => Date.parse(event.timestamp);
export const inBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));
const byTime = (one: PostedEvent, other: PostedEvent) => msOf(one) - msOf(other) || inBytes(one.eventId, other.eventId);
const within = (event: PostedEvent, { fromMs, toMs }: Span) => msOf(event) >= fromMs && msOf(event) < toMs;
const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const numberOf = (value: unknown) => (typeof value === 'number' ? value : 0);

export function openRecount(events: readonly PostedEvent[]) {
  const excludedAccounts = findExcludedAccounts(events);
  const isExcluded = (event: PostedEvent) =>
    event.metadata?.['isInternal'] === true || excludedAccounts.has(event.userId);
  const made = new Map<unknown, PostedEvent>();
  for (const event of events) {
    const postId = event.data['postId'];
    if (event.eventName === 'post_created' && !made.has(postId)) made.set(postId, event);
  }
  return { events, made, isExcluded, known: new Map<string, string[]>() };
}

export type Recount = ReturnType<typeof openRecount>;

function findExcludedAccounts(events: readonly PostedEvent[]): Set<string> {
  const words = new Map<string, Record<string, unknown>>();
  for (const event of events.toSorted(byTime)) {
    if (!event.eventName.startsWith('user_')) continue;
    words.set(event.userId, { ...words.get(event.userId), ...event.data });
  }
  const excluded = [...words].filter(
    ([, said]) => said['isInternal'] === true || said['isTestAccount'] === true || said['accountType'] === 'bot',
  );
  return new Set(excluded.map(([userId]) => userId));
}

function valuesOf(recount: Recount, postId: unknown, dimension: DimensionName): string[] {
  const key = `${dimension} ${String(postId)}`;
  const values = recount.known.get(key) ?? findValues(recount, postId, dimension);
  recount.known.set(key, values);
  return values;
}

/** The values of one post, '' for that of a dimension of one value where it has none. */
function findValues({ events, made }: Recount, postId: unknown, dimension: DimensionName): string[] {
  const first = made.get(postId);
  if (first === undefined) return [];
  const field = fields[dimension];
  const changes = events
    .filter(({ eventName, data }) => eventName === 'post_updated' && data['postId'] === postId)
    .filter(({ data }) => data['commentId'] === undefined && data[field] !== undefined);
  const said = (changes.toSorted(byTime).at(-1) ?? first).data[field];
  if (Array.isArray(said)) return [...new Set(said.map(String))];
  if (typeof said === 'string') return [said];
  return dimension === 'hashtags' || dimension === 'effects' ? [] : [''];
}

/** The first like of each run that nothing ended before `toMs`. */
function findStanding({ events, isExcluded }: Recount, [name, given]: readonly [string, string], toMs: number) {
  const runs = new Map<string, PostedEvent>();
  for (const event of events.toSorted(byTime)) {
    if (event.eventName !== name || isExcluded(event) || msOf(event) >= toMs) continue;
    const key = JSON.stringify([event.userId, event.data['postId']]);
    if (event.data['action'] !== given) runs.delete(key);
    else if (!runs.has(key)) runs.set(key, event);
  }
  return [...runs.values()];
}

const kinds = ['post_view', 'post_like', 'post_save', 'post_comment', 'post_share'];

export function countPosts({ made, isExcluded }: Recount, span: Span): PostedEvent[] {
  return [...made.values()].filter((event) => !isExcluded(event) && within(event, span));
}

export function countExcluded({ events, isExcluded }: Recount, span: Span, ofKinds = kinds) {
  const found = events.filter(
    (event) => ['post_created', ...ofKinds].includes(event.eventName) && isExcluded(event) && within(event, span),
  );
  return { events: found.length, accounts: new Set(found.map(({ userId }) => userId)).size };
}

/** Only what belongs to posts of one value. */
export function ofValue(recount: Recount, dimension: DimensionName, value: string): Recount {
  const has = (postId: unknown) => valuesOf(recount, postId, dimension).includes(value);
  return {
    ...recount,
    events: recount.events.filter(({ data }) => has(data['postId'])),
    made: new Map([...recount.made].filter(([postId]) => has(postId))),
  };
}

function countViews(recount: Recount, span: Span) {
  const shown = recount.events.filter(
    (event) => event.eventName === 'post_view' && !recount.isExcluded(event) && within(event, span),
  );
  const counted = shown.filter(({ data }) => numberOf(data['viewDurationMs']) >= 3000);
  const completions = counted.flatMap(({ data }) =>
    typeof data['completion'] === 'number' ? [data['completion']] : [],
  );
  const millionths = completions.reduce((sum, completion) => sum + Math.round(completion * 1_000_000), 0);
  return { shown, counted, completionRate: ratio(millionths, completions.length * 1_000_000) };
}

/** What is counted of posts of one value over a span; null where nothing happened. */
export function measure(recount: Recount, span: Span) {
  const { shown, counted, completionRate } = countViews(recount, span);
  const acts = recount.events.filter((event) => !recount.isExcluded(event) && within(event, span));
  const named = (name: string) => acts.filter(({ eventName }) => eventName === name).length;
  const standing = (name: string, given: string, until: number) =>
    findStanding(recount, [name, given], until).filter((event) => within(event, span)).length;
  const posts = countPosts(recount, span);
  const watchMs = counted.reduce((sum, { data }) => sum + numberOf(data['viewDurationMs']), 0);
  const likes = standing('post_like', 'like', span.toMs);
  const [comments, shares] = [named('post_comment'), named('post_share')];
  return {
    happened: posts.length > 0 || acts.some(({ eventName }) => kinds.includes(eventName)),
    postsCreated: posts.length,
    creators: new Set(posts.map(({ userId }) => userId)).size,
    impressions: shown.length,
    views: counted.length,
    uniqueViewers: new Set(counted.map(({ userId }) => userId)).size,
    watchSeconds: watchMs / 1000,
    avgWatchSeconds: ratio(watchMs / 1000, counted.length),
    completionRate,
    likes,
    comments,
    shares,
    saves: standing('post_save', 'save', span.toMs),
    engagementRate: ratio(likes + comments + shares, counted.length),
  };
}

/** One step of a trend: its likes are those that stand at the end of the whole range. */
export function measureStep(recount: Recount, step: Span, rangeEndMs: number) {
  const { postsCreated, views, completionRate, comments, shares } = measure(recount, step);
  const likes = findStanding(recount, ['post_like', 'like'], rangeEndMs).filter((event) => within(event, step)).length;
  return { postsCreated, views, completionRate, engagementRate: ratio(likes + comments + shares, views) };
}

export function recountValues(recount: Recount, dimension: DimensionName, span: Span) {
  const before = { fromMs: span.fromMs - (span.toMs - span.fromMs), toMs: span.fromMs };
  const allPosts = countPosts(recount, span).length;
  const values = new Set([...recount.made.keys()].flatMap((postId) => valuesOf(recount, postId, dimension)));
  return [...values].flatMap((value) => {
    const mine = ofValue(recount, dimension, value);
    const { happened, ...numbers } = measure(mine, span);
    const viewsBefore = countViews(mine, before).counted.length;
    const growth = ratio(numbers.views, viewsBefore);
    const item = {
      ...numbers,
      value: value === '' ? null : value,
      adoptionRate: ratio(numbers.postsCreated, allPosts),
      before: { views: viewsBefore, postsCreated: countPosts(mine, before).length },
      viewsGrowth: growth === null ? null : growth - 1,
    };
    return happened ? [item] : [];
  });
}

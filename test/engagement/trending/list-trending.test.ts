import { z } from 'zod';
import { TrendingPost } from '../../../src/engagement/trending/trending-answers.ts';
import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';
import { drawEvents } from '../posts/draw-events.ts';
import { countReceived, receivedOf, scoreOf, weightOf } from '../posts/recount-post.ts';

const Body = z.object({
  items: z.array(TrendingPost),
  next: z.string().nullable(),
  total: z.number(),
  from: z.string(),
  to: z.string(),
  excluded: z.object({ events: z.number(), accounts: z.number() }),
});

const clockMs = Date.UTC(2026, 1, 18, 7, 30);
const dayMs = 86_400_000;
/** After everything that was drawn. */
const endMs = Date.UTC(2026, 2, 1);
const iso = (ms: number) => new Date(ms).toISOString();

/** Ten posts of three makers in two categories; p3 has no maker that is known. */
const posts = Array.from({ length: 10 }, (_, index) => ({
  postId: `p${index}`,
  author: index === 3 ? null : `maker ${index % 3}`,
  category: index === 3 ? null : (['dance', 'food'][index % 2] ?? null),
}));

const early = Date.UTC(2026, 0, 5);

function event(eventId: string, eventName: string, userId: string, data: PostedEvent['data']): PostedEvent {
  return { eventId, eventName, userId, timestamp: iso(early), data };
}

function at(atMs: number, posted: PostedEvent): PostedEvent {
  return { ...posted, timestamp: iso(atMs) };
}

const made = posts.flatMap(({ postId, author, category }) =>
  author === null ? [] : [event(`made ${postId}`, 'post_created', author, { postId, category })],
);
// Enough followers and six days of posting: "maker 1" is rising, "maker 2" has the followers alone.
const standings = [
  event('f1', 'user_registered', 'maker 1', { followerCount: 999 }),
  event('f2', 'user_registered', 'maker 2', { followerCount: 5000 }),
  at(early + dayMs, event('f3', 'user_follow', 'person 1', { targetUserId: 'maker 1', action: 'follow' })),
  ...Array.from({ length: 6 }, (_, day) =>
    at(Date.UTC(2026, 1, 1 + day), event(`day ${day}`, 'post_created', 'maker 1', { postId: `other ${day}` })),
  ),
  event('test', 'user_registered', 'person 3', { isTestAccount: true }),
];
const boosts = new Map([['maker 1', 1.05]]);
const drawn = drawEvents(
  21,
  2500,
  posts.map(({ postId }) => postId),
);

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores({}, clockMs);
  await stores.accept([...made, ...standings, ...drawn]);
});
afterAll(() => stores.close());

async function list(query: string) {
  const { status, body } = await stores.get(`/v1/trending${query}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return Body.parse(body);
}

/** What every post received in the window and in the days before, by the definitions. */
function recount(windowMs: number) {
  const fromMs = clockMs - windowMs;
  return posts.map((post) => {
    // Likes and saves as they stand now, whenever the window ended.
    const asked = { postIds: new Set([post.postId]), excluded: new Set(['person 3']), toMs: endMs };
    const dayStartMs = Math.floor(fromMs / dayMs) * dayMs;
    const { met } = receivedOf(drawn, { ...asked, fromMs: dayStartMs - 30 * dayMs });
    const inside = met.filter(({ atMs }) => atMs >= fromMs && atMs < clockMs);
    const sum = (received: typeof met) => received.reduce((weight, one) => weight + weightOf(one), 0);
    const before = sum(met.filter(({ atMs }) => atMs < dayStartMs));
    const score = scoreOf(inside, clockMs) * (boosts.get(post.author ?? '') ?? 1);
    return { ...post, score, before, weighted: sum(inside), ...countReceived(inside) };
  });
}

function expectedItems(windowMs: number) {
  const counted = recount(windowMs);
  const usual = (of: (post: (typeof counted)[number]) => boolean) => {
    const alike = counted.filter((post) => of(post) && post.before > 0);
    return (alike.reduce((sum, { before }) => sum + before, 0) / alike.length) * (windowMs / (30 * dayMs));
  };
  return counted
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map((post) => ({
      ...post,
      ratio: post.author === null ? null : post.weighted / usual(({ author }) => author === post.author),
    }));
}

describe('GET /v1/trending', () => {
  test.each(['24h', '48h'])('of %s equals a recount of every post', async (window) => {
    const expected = expectedItems(window === '24h' ? dayMs : 2 * dayMs);
    const { items, total } = await list(`?window=${window}`);
    expect(items.map(({ postId }) => postId)).toEqual(expected.map(({ postId }) => postId));
    expect(total).toBe(expected.length);
    for (const [index, { score, ratio, author, views, category, completionRate }] of expected.entries()) {
      const item = items[index];
      expect(item).toMatchObject({ authorId: author, category, views });
      expect(item?.engagementScore).toBeCloseTo(score, 5);
      expect(item?.ratioToBaseline ?? -1).toBeCloseTo(ratio ?? -1, 9);
      expect(item?.avgCompletion ?? -1).toBeCloseTo(completionRate ?? -1, 9);
    }
  });

  test('of a category shows its posts alone, and pages show what one page would', async () => {
    const whole = await list('?category=dance');
    expect(whole.items.length).toBeGreaterThan(2);
    expect(new Set(whole.items.map(({ category }) => category))).toEqual(new Set(['dance']));
    const paged = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: z.output<typeof Body> = await list(`?category=dance&limit=2${next === '' ? '' : `&cursor=${next}`}`);
      paged.push(...page.items);
      next = page.next;
    }
    expect(paged).toEqual(whole.items);
  });

  test('finds the viral and the trending post that were planted, and leaves out bots', async () => {
    const planted = await openEngagementStores({}, clockMs);
    const views = (postId: string, number: number, { agoHours, by = 'v' }: { agoHours: number; by?: string }) =>
      Array.from({ length: number }, (_, index) =>
        at(
          clockMs - agoHours * 3_600_000,
          event(`${postId} ${by} ${agoHours} ${index}`, 'post_view', `${by} ${index}`, {
            postId,
            viewDurationMs: 4000,
          }),
        ),
      );
    await planted.accept([
      ...['usual', 'hit', 'wave'].map((postId) => event(postId, 'post_created', 'ann', { postId, category: 'dance' })),
      event('first', 'post_created', 'new', { postId: 'first', category: 'dance' }),
      event('robot', 'user_registered', 'bot 0', { accountType: 'bot' }),
      // In thirty days 300 views of one post: 20 in a window of two days.
      ...views('usual', 300, { agoHours: 24 * 10 }),
      ...views('usual', 20, { agoHours: 3 }),
      ...views('hit', 201, { agoHours: 2 }),
      ...views('wave', 101, { agoHours: 4 }),
      ...views('first', 110, { agoHours: 1 }),
      ...views('first', 1, { agoHours: 1, by: 'bot' }),
    ]);
    const { body } = await planted.get('/v1/trending');
    const { items, excluded } = Body.parse(body);
    expect(items.map(({ postId, status, ratioToBaseline }) => [postId, status, ratioToBaseline])).toEqual([
      ['hit', 'viral', 10.05],
      // Its creator has no past, so it is compared with its category.
      ['first', 'trending', 5.5],
      ['wave', 'trending', 5.05],
      ['usual', 'normal', 1],
    ]);
    expect(excluded).toEqual({ events: 1, accounts: 1 });
    await planted.close();
  });

  test('of nothing is an empty list', async () => {
    const empty = await openEngagementStores({}, clockMs);
    const { body } = await empty.get('/v1/trending');
    expect(Body.parse(body)).toMatchObject({ items: [], total: 0, next: null });
    await empty.close();
  });
});

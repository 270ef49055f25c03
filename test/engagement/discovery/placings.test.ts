import { DiscoveryPositionList, DiscoverySourceList } from '../../../src/engagement/discovery/discovery-routes.ts';
import { type EngagementStores, nowMs, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
});
afterAll(() => stores.close());

const at = (minute: number) => new Date(Date.UTC(2026, 1, 20, 12, minute)).toISOString();
const dayMinutes = 1440;
const range = `from=${at(0)}&to=${at(60)}`;

let made = 0;
function event(eventName: string, userId: string, data: PostedEvent['data'], minute = 5): PostedEvent {
  made += 1;
  return { eventId: `event ${made}`, eventName, userId, timestamp: at(minute), data };
}

async function sources(query: string) {
  const { status, body } = await stores.get(`/v1/discovery/sources?${query}`);
  expect([status, status === 200 ? '' : body]).toEqual([200, '']);
  return DiscoverySourceList.parse(body);
}

async function positions(query: string) {
  const { status, body } = await stores.get(`/v1/discovery/positions?${query}`);
  expect([status, status === 200 ? '' : body]).toEqual([200, '']);
  return DiscoveryPositionList.parse(body);
}

const nothing = {
  impressions: 0,
  clicks: 0,
  clickThroughRate: null,
  people: 0,
  posts: 0,
  timed: 0,
  meanTimeToEngagementSeconds: null,
  medianTimeToEngagementSeconds: null,
  views: 0,
  likes: 0,
  comments: 0,
  shares: 0,
  saves: 0,
};

test('no events give empty lists', async () => {
  const empty = {
    items: [],
    next: null,
    shown: 0,
    total: 0,
    from: '2026-01-30T00:00:00.000Z',
    to: '2026-03-01T00:00:00.000Z',
    asOf: '2026-03-01T00:00:00.000Z',
    exact: true,
    excluded: { events: 0, accounts: 0 },
  };
  expect(await sources('')).toEqual(empty);
  expect(await positions('')).toEqual(empty);
});

describe('an hour of a feed', () => {
  const forYou = (feedPosition: number) => ({ source: 'for_you', feedPosition });
  const search = { source: 'search', feedPosition: 10 };

  beforeAll(() =>
    stores.accept([
      event('user_registered', 'rob', { accountType: 'bot' }, -dayMinutes),
      event('post_discovered', 'ann', { postId: 'p', ...forYou(0), clickedThrough: true, timeToEngagementMs: 1000 }),
      event('post_discovered', 'ann', { postId: 'q', ...forYou(1), clickedThrough: false }),
      event('post_discovered', 'bob', { postId: 'p', ...forYou(0), timeToEngagementMs: 4000 }),
      event('post_discovered', 'bob', { postId: 'r', ...search, clickedThrough: true }),
      event('post_discovered', 'rob', { postId: 'p', ...search, clickedThrough: true }),
      event('post_discovered', 'bob', { postId: 'p', ...search }, 60),
      event('post_view', 'ann', { postId: 'p', viewDurationMs: 3000, ...forYou(2) }),
      event('post_view', 'ann', { postId: 'p', viewDurationMs: 2999, ...forYou(2) }),
      event('post_view', 'ann', { postId: 'p', ...forYou(7) }),
      event('post_view', 'ann', { postId: 'p', viewDurationMs: 9000 }),
      {
        ...event('post_view', 'zed', { postId: 'p', viewDurationMs: 9000, ...search }),
        metadata: { isInternal: true },
      },
      event('post_comment', 'ann', { postId: 'p', commentId: 'c', ...forYou(0) }),
      event('post_comment', 'ann', { postId: 'p', commentId: 'd' }),
      event('post_share', 'bob', { postId: 'r', ...search }),
      // Bob's like stands since his second; Ann's since before the hour; Cat's stands by its end; Dan's does not.
      event('post_like', 'bob', { postId: 'p', action: 'like', ...forYou(0) }, -dayMinutes),
      event('post_like', 'bob', { postId: 'p', action: 'unlike', ...forYou(0) }, 10),
      event('post_like', 'bob', { postId: 'p', action: 'like', ...search }, 11),
      event('post_like', 'bob', { postId: 'p', action: 'like', ...forYou(0) }, 12),
      event('post_like', 'ann', { postId: 'p', action: 'like', ...forYou(0) }, -dayMinutes),
      event('post_like', 'ann', { postId: 'p', action: 'like', ...forYou(0) }, 13),
      event('post_like', 'cat', { postId: 'q', action: 'like', ...forYou(1) }, 14),
      event('post_like', 'cat', { postId: 'q', action: 'unlike' }, 60),
      event('post_like', 'dan', { postId: 'q', action: 'like', ...forYou(1) }, 15),
      event('post_like', 'dan', { postId: 'q', action: 'unlike' }, 16),
      event('post_save', 'eve', { postId: 'p', action: 'save', source: 'profile' }),
    ]),
  );

  test('by source', async () => {
    expect(await sources(range)).toEqual({
      items: [
        {
          source: 'for_you',
          impressions: 3,
          clicks: 1,
          clickThroughRate: 1 / 3,
          people: 2,
          posts: 2,
          timed: 2,
          meanTimeToEngagementSeconds: 2.5,
          medianTimeToEngagementSeconds: 2.5,
          views: 1,
          likes: 1,
          comments: 1,
          shares: 0,
          saves: 0,
        },
        {
          ...nothing,
          source: 'search',
          impressions: 1,
          clicks: 1,
          clickThroughRate: 1,
          people: 1,
          posts: 1,
          likes: 1,
          shares: 1,
        },
        { ...nothing, source: 'profile', saves: 1 },
      ],
      next: null,
      shown: 3,
      total: 3,
      from: at(0),
      to: at(60),
      asOf: '2026-03-01T00:00:00.000Z',
      exact: true,
      excluded: { events: 2, accounts: 2 },
    });
  });

  test('by position, in the order of numbers', async () => {
    const { items, excluded } = await positions(range);
    expect(items).toEqual([
      {
        ...nothing,
        feedPosition: 0,
        impressions: 2,
        clicks: 1,
        clickThroughRate: 0.5,
        people: 2,
        posts: 1,
        timed: 2,
        meanTimeToEngagementSeconds: 2.5,
        medianTimeToEngagementSeconds: 2.5,
        comments: 1,
      },
      { ...nothing, feedPosition: 1, impressions: 1, clickThroughRate: 0, people: 1, posts: 1, likes: 1 },
      { ...nothing, feedPosition: 2, views: 1 },
      {
        ...nothing,
        feedPosition: 10,
        impressions: 1,
        clicks: 1,
        clickThroughRate: 1,
        people: 1,
        posts: 1,
        likes: 1,
        shares: 1,
      },
    ]);
    expect(excluded).toEqual({ events: 2, accounts: 2 });
  });

  test('pages show everything once', async () => {
    const whole = { sources: await sources(range), positions: await positions(range) };
    const second = await sources(`${range}&limit=2&cursor=${(await sources(`${range}&limit=2`)).next}`);
    expect([second.items, second.total, second.next]).toEqual([whole.sources.items.slice(2), 3, null]);
    const first = await positions(`${range}&limit=3`);
    const last = await positions(`${range}&limit=3&cursor=${first.next}`);
    expect([...first.items, ...last.items]).toEqual(whole.positions.items);
    expect([first.total, last.total, last.next]).toEqual([4, 4, null]);
  });

  test('an event ahead of the clock is found in its own time', async () => {
    const ahead = new Date(nowMs + 9 * 60_000).toISOString();
    await stores.accept([
      { ...event('post_discovered', 'fay', { postId: 'p', source: 'ahead', feedPosition: 0 }), timestamp: ahead },
      { ...event('post_like', 'fay', { postId: 'p', source: 'ahead', action: 'like' }), timestamp: ahead },
    ]);
    const { items } = await sources(`from=${ahead}&to=2026-03-02T00:00:00Z`);
    expect(items).toMatchObject([{ source: 'ahead', impressions: 1, likes: 1 }]);
  });

  test.each(['sources', 'positions'])('%s refuse what they do not know', async (list) => {
    const ask = async (query: string) => (await stores.get(`/v1/discovery/${list}?${query}`)).body;
    expect(await ask(`from=${at(0)}&to=${at(0)}`)).toMatchObject({ status: 400, code: 'empty_range' });
    expect(await ask('unknown=1')).toMatchObject({ status: 400, code: 'unknown_parameter' });
    const other = list === 'sources' ? await positions(`${range}&limit=1`) : await sources(`${range}&limit=1`);
    expect(await ask(`${range}&cursor=${other.next}`)).toMatchObject({ status: 400, code: 'invalid_cursor' });
  });
});

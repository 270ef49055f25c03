import { PostEngagement, PostLifeCycle } from '../../../src/engagement/posts/post-answers.ts';
import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';
import { drawEvents, numbersFrom } from './draw-events.ts';
import { countReceived, receivedOf, scoreOf } from './recount-post.ts';

let stores: EngagementStores;
let story: EngagementStores;

const postIds = ['a/1', 'b', 'c'];
const tester: PostedEvent = {
  eventId: 'tester',
  eventName: 'user_registered',
  userId: 'person 3',
  timestamp: '2026-02-01T00:00:00.000Z',
  data: { isTestAccount: true },
};
const drawn = drawEvents(7, 900, postIds);

beforeAll(async () => {
  [stores, story] = await Promise.all([openEngagementStores(), openEngagementStores()]);
  await stores.accept([...drawn, tester]);
  await putInLineage(stores, ['b', 'c']);
});
afterAll(() => Promise.all([stores.close(), story.close()]));

/** The first is the root, the others its shares. */
async function putInLineage({ facts }: EngagementStores, ids: readonly string[]): Promise<void> {
  const columns = ['root_id', 'generation', 'seq', 'post_id', 'parent_seq', 'depth', 'link_seq'];
  const rows = ids.map((id, seq) => [ids[0], 0, seq, id, 0, Math.min(seq, 1), seq + 1]);
  await facts.insert({ table: 'lineage', columns, token: ids.join() }, rows);
}

async function read(from: EngagementStores, path: string) {
  const { status, body } = await from.get(path);
  expect({ status, body }).toMatchObject({ status: 200 });
  return PostEngagement.parse(body);
}

const iso = (ms: number) => new Date(ms).toISOString();
const at = (text: string) => `2026-02-${text}:00.000Z`;

function event(eventName: string, userId: string, timestamp: string, data: PostedEvent['data']): PostedEvent {
  const metadata = userId === 'zoe' ? { isInternal: true } : { countryCode: 'NP' };
  return {
    eventId: `${eventName} ${userId} ${timestamp}`,
    eventName,
    userId,
    timestamp,
    data: { postId: 'p', ...data },
    metadata,
  };
}

describe('GET /v1/posts/{postId}/engagement', () => {
  test('tells a small story in every number', async () => {
    await story.accept([
      event('post_created', 'ann', at('10T08:00'), { contentType: 'original' }),
      event('post_view', 'bob', at('10T09:00'), { viewDurationMs: 4000, completion: 0.9 }),
      event('post_view', 'bob', at('10T09:30'), { viewDurationMs: 8000, completion: 0.5 }),
      event('post_view', 'cid', at('10T10:00'), { viewDurationMs: 2000, completion: 0.1 }),
      event('post_view', 'dan', at('11T10:00'), { viewDurationMs: 3000 }),
      event('post_view', 'zoe', at('10T10:00'), { viewDurationMs: 9000 }),
      event('post_like', 'bob', at('10T09:10'), { action: 'like' }),
      event('post_like', 'bob', at('10T09:20'), { action: 'like' }),
      event('post_like', 'cid', at('10T09:00'), { action: 'like' }),
      event('post_like', 'cid', at('10T09:40'), { action: 'unlike' }),
      event('post_save', 'bob', at('10T09:50'), { action: 'save' }),
      event('post_comment', 'cid', at('10T10:10'), { commentId: 'c1' }),
      event('post_share', 'dan', at('11T10:10'), { shareId: 's1' }),
    ]);
    const answer = await read(
      story,
      `/v1/posts/p/engagement?from=${at('10T00:00')}&to=${at('12T00:00')}&stepSeconds=86400`,
    );
    expect(answer).toMatchObject({
      authorId: 'ann',
      rootPostId: null,
      asOf: '2026-03-01T00:00:00.000Z',
      excluded: { events: 1, accounts: 1 },
      impressions: 4,
      views: 3,
      uniqueViewers: 2,
      likes: 1,
      comments: 1,
      shares: 1,
      saves: 1,
      remixes: 0,
      watchSeconds: 15,
      avgWatchSeconds: 5,
      completionRate: 0.7,
      engagementRate: 1,
      viralCoefficient: 1 / 3,
      commentsToViews: 1 / 3,
      viralityScore: null,
      topCountries: [{ countryCode: 'NP', views: 3 }],
      countries: 1,
    });
    // Completion 0.7 for half, all of the response part (two of three views), three of four views stayed.
    expect(answer.qualityScore).toBeCloseTo(0.7 * 0.5 + 0.3 + 0.75 * 0.2, 12);
    expect(answer.series.map(({ at: startsAt, views, likes }) => [startsAt, views, likes])).toEqual([
      [at('10T00:00'), 2, 1],
      [at('11T00:00'), 1, 0],
    ]);
  });

  test('equals a recount for random ranges, steps and scopes', async () => {
    const draw = numbersFrom(11);
    for (let round = 0; round < 30; round += 1) {
      const fromMs = Date.UTC(2026, 0, 31) + draw(15 * 86_400_000);
      const toMs = fromMs + 1 + draw(12 * 86_400_000);
      const scope = draw(2) === 0 ? 'post' : 'cascade';
      const postId = postIds[draw(3)] ?? '';
      const stepSeconds = [21_600, 86_400, 172_800][draw(3)];
      const tz = ['UTC', 'Asia/Kathmandu', 'America/New_York'][draw(3)] ?? '';
      const summed = new Set(scope === 'cascade' && postId !== 'a/1' ? ['b', 'c'] : [postId]);
      const { met, excluded } = receivedOf(drawn, { postIds: summed, excluded: new Set(['person 3']), fromMs, toMs });
      const query = new URLSearchParams({ from: iso(fromMs), to: iso(toMs), scope, stepSeconds: `${stepSeconds}`, tz });
      const answer = await read(stores, `/v1/posts/${encodeURIComponent(postId)}/engagement?${query}`);
      const { completionRate, ...counts } = countReceived(met);
      expect(answer).toMatchObject(counts);
      expect(answer.completionRate ?? -1).toBeCloseTo(completionRate ?? -1, 9);
      expect(answer.engagementScore).toBeCloseTo(scoreOf(met, toMs), 6);
      expect(answer.excluded).toEqual({
        events: excluded.length,
        accounts: new Set(excluded.map(({ who }) => who)).size,
      });
      for (const [index, { at: startsAt, completionRate: _, ...step }] of answer.series.entries()) {
        const next = answer.series[index + 1]?.at ?? iso(toMs);
        const inside = met.filter(({ atMs }) => iso(atMs) >= startsAt && iso(atMs) < next);
        const { completionRate: __, ...expected } = countReceived(inside);
        expect(step).toEqual(expected);
      }
      expect(answer.series.reduce((sum, { impressions }) => sum + impressions, 0)).toBe(answer.impressions);
    }
  });

  test('of a whole cascade is summed from the days as it is from the facts', async () => {
    const { status, body } = await stores.get('/v1/cascades/b/engagement');
    expect({ status, body }).toMatchObject({ status: 200, body: { rootPostId: 'b', posts: 2, exact: true } });
    const asked = { excluded: new Set(['person 3']), fromMs: 0, toMs: Date.UTC(2027, 0, 1) };
    const { met } = receivedOf(drawn, { postIds: new Set(['b', 'c']), ...asked });
    const { completionRate, uniqueViewers: _, remixes: __, ...counts } = countReceived(met);
    expect(body).toMatchObject(counts);
    expect(Object(body).completionRate).toBeCloseTo(completionRate ?? -1, 9);
    expect(await stores.get('/v1/cascades/c/engagement')).toMatchObject({
      status: 404,
      body: { code: 'not_a_root', rootPostId: 'b' },
    });
    expect(await stores.get('/v1/cascades/nobody/engagement')).toMatchObject({
      status: 404,
      body: { code: 'cascade_not_found' },
    });
  });

  test('of a post that nobody met yet is nothing, and of one that nobody knows a problem', async () => {
    await story.accept([event('post_created', 'ann', at('10T08:00'), { postId: 'alone' })]);
    const { views, completionRate, engagementRate, qualityScore, topCountries } = await read(
      story,
      '/v1/posts/alone/engagement',
    );
    expect([views, completionRate, engagementRate, qualityScore, topCountries]).toEqual([0, null, null, null, []]);
    expect(await story.get('/v1/posts/nobody/engagement')).toMatchObject({
      status: 404,
      body: { code: 'post_not_found' },
    });
  });

  test.each([
    ['from=2026-02-02T00:00:00Z&to=2026-02-02T00:00:00Z', 'empty_range'],
    ['from=2026-01-01T00:00:00Z&to=2026-02-02T00:00:00Z&stepSeconds=60', 'too_many_steps'],
    ['tz=Nowhere', 'invalid_request'],
    ['tz=%2B02:00', 'invalid_request'],
    ['step=60', 'invalid_request'],
  ])('refuses %s', async (query, code) => {
    const { status, body } = await story.get(`/v1/posts/p/engagement?${query}`);
    expect({ status, body }).toMatchObject({ status: 400, body: { status: 400 } });
    if (code !== 'invalid_request') expect(body).toMatchObject({ code });
  });
});

describe('GET /v1/posts/{postId}/lifecycle', () => {
  test('finds the growth, the peak and the decay that were planted', async () => {
    const perHour = [2, 4, 8, 40, 60, 50, 40, 10, 6, 4, 2, 2];
    const views = perHour.flatMap((number, hour) =>
      Array.from({ length: number }, (_, index) => {
        const timestamp = iso(Date.UTC(2026, 1, 20, hour) + index * 1000);
        return event('post_view', `viewer ${index}`, timestamp, { postId: 'wave', viewDurationMs: 5000 });
      }),
    );
    await story.accept(views);
    const range = `from=${at('20T00:00')}&to=${at('20T12:00')}`;
    const { status, body } = await story.get(`/v1/posts/wave/lifecycle?${range}&stepSeconds=3600`);
    expect({ status, body }).toMatchObject({ status: 200 });
    expect(PostLifeCycle.parse(body)).toMatchObject({
      engagements: 228,
      peak: { at: at('20T04:00'), engagementsPerHour: 60 },
      phases: [
        { phase: 'growth', from: at('20T00:00'), to: at('20T04:00'), engagements: 54 },
        { phase: 'peak', from: at('20T04:00'), to: at('20T07:00'), engagements: 150 },
        { phase: 'decay', from: at('20T07:00'), to: at('20T12:00'), engagements: 24 },
      ],
      // 174 from the peak on; with its second hour 110 of them had come.
      halfLifeSeconds: 7200,
    });
  });

  test('of a post without engagement has no peak', async () => {
    const { body } = await story.get('/v1/posts/alone/lifecycle');
    expect(PostLifeCycle.parse(body)).toMatchObject({ engagements: 0, peak: null, phases: [], halfLifeSeconds: null });
  });
});

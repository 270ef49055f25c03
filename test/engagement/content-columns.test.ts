import { z } from 'zod';
import { type EngagementStores, openEngagementStores, type PostedEvent } from './engagement-stores.ts';

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
});
afterAll(() => stores.close());

const at = (minute: number) => new Date(Date.UTC(2026, 1, 20, 12, minute)).toISOString();

function event(eventId: string, eventName: string, data: PostedEvent['data'], minute = 0): PostedEvent {
  return { eventId, eventName, userId: 'ann', timestamp: at(minute), data };
}

async function select(text: string) {
  return stores.facts.select({ path: 'a test', text, params: z.object({}), row: z.looseObject({}) }, {});
}

const columns =
  'post_type content_type content_category source_post_id music_id hashtags effects clicked_through time_to_engagement_ms reason policy user_type account_type follower_count says_internal says_test changed_fields';

describe('the columns of content', () => {
  test('say what their defaults would say of the same data', async () => {
    await stores.accept([
      event('made', 'post_created', {
        postId: 'p',
        postType: 'video',
        contentType: 'remix',
        sourcePostId: 'q',
        category: 'dance',
        musicId: 'm',
        hashtags: ['a', 'b'],
        effects: ['blur'],
      }),
      event('changed', 'post_updated', { postId: 'p', hashtags: [] }, 1),
      event('found', 'post_discovered', {
        postId: 'p',
        source: 'for_you',
        feedPosition: 3,
        clickedThrough: false,
        timeToEngagementMs: 7,
      }),
      event('flag', 'content_flagged', { postId: 'p', reason: 'spam', policy: 'p1' }),
      event('joined', 'user_registered', {
        userType: 'creator',
        accountType: 'bot',
        followerCount: 5,
        isInternal: true,
        isTestAccount: false,
      }),
    ]);
    const [defaults] =
      await select(`SELECT arrayStringConcat(groupArray(format('{} AS {}', default_expression, name)), ', ') AS list
      FROM system.columns WHERE database = currentDatabase() AND table = 'events' AND default_kind = 'DEFAULT'
        AND name IN splitByChar(' ', '${columns}')`);
    const list = columns.split(' ').join(', ');
    const stored = await select(`SELECT ${list} FROM events ORDER BY event_id`);
    const byDefault = await select(
      `SELECT ${list} FROM (SELECT event_id, ${String(defaults?.['list'])} FROM events) ORDER BY event_id`,
    );
    expect(stored).toHaveLength(5);
    expect(stored).toEqual(byDefault);
    const neverSaid = columns
      .split(' ')
      .filter((name) => stored.every((row) => ['', 'null'].includes(String(row[name]))));
    expect(neverSaid).toEqual([]);
  });

  test('give a post the latest that was said of each field', async () => {
    await stores.accept([
      event('late', 'post_updated', { postId: 'r', category: 'late' }, 9),
      event('early', 'post_updated', { postId: 'r', category: 'early', musicId: 'new' }, 5),
      event('first', 'post_created', { postId: 'r', category: 'first', musicId: 'old', hashtags: ['kept'] }, 3),
      event('second', 'post_created', { postId: 'r', category: 'second', musicId: 'other', effects: ['other'] }, 2),
      event('comment', 'post_updated', { postId: 'r', commentId: 'c', category: 'of a comment' }, 10),
    ]);
    const [post, none] = await select("SELECT * FROM post_contents WHERE post_id IN ('r', 'unknown')");
    expect(post).toMatchObject({
      author_id: 'ann',
      content_category: 'late',
      music_id: 'new',
      hashtags: ['kept'],
      effects: [],
    });
    expect(none).toBeUndefined();
    const [cleared] = await select("SELECT hashtags FROM post_contents WHERE post_id = 'p'");
    expect(cleared).toEqual({ hashtags: [] });
  });

  test('exclude an account while the latest word on it says so', async () => {
    const says = (userId: string, minute: number, data: PostedEvent['data']) => ({
      ...event(`${userId} ${minute}`, minute === 0 ? 'user_registered' : 'user_updated', data, minute),
      userId,
    });
    await stores.accept([
      says('was internal', 0, { isInternal: true }),
      says('was internal', 5, { isInternal: false }),
      says('is internal', 5, { isInternal: true }),
      says('is internal', 3, { isInternal: false }),
      says('tester', 0, { isTestAccount: true }),
      says('tester', 9, { username: 'nothing about tests' }),
      says('robot', 0, { accountType: 'person' }),
      says('robot', 1, { accountType: 'bot' }),
      says('person', 0, { accountType: 'person', isInternal: false, isTestAccount: false }),
    ]);
    const rows = await select('SELECT account_id FROM excluded_accounts ORDER BY account_id');
    expect(rows.map((row) => row['account_id'])).toEqual(['ann', 'is internal', 'robot', 'tester']);
  });
});

import { ModerationList } from '../../../src/engagement/safety/safety-routes.ts';
import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';

let stores: EngagementStores;

const at = (minute: number) => new Date(Date.UTC(2026, 1, 20, 12, minute)).toISOString();

type Made = { by: string; minute: number; data: PostedEvent['data']; isInternal?: boolean };

function made(eventId: string, eventName: string, { by, minute, data, isInternal }: Made): PostedEvent {
  const metadata = isInternal === true ? { metadata: { isInternal } } : {};
  return { eventId, eventName, userId: by, timestamp: at(minute), data, ...metadata };
}

const flag = (id: string, what: Made) => made(id, 'content_flagged', what);
const action = (id: string, what: Made) => made(id, 'moderation_action', what);

beforeAll(async () => {
  stores = await openEngagementStores();
});
afterAll(() => stores.close());

async function list(query: string) {
  const { status, body } = await stores.get(`/v1/safety/moderation?${query}`);
  expect([status, status === 200 ? '' : body]).toEqual([200, '']);
  return ModerationList.parse(body);
}

const range = 'from=2026-02-20T00:00:00Z&to=2026-02-21T00:00:00Z';
const none = { cases: 0, open: 0, meanTimeToActionSeconds: null, medianTimeToActionSeconds: null };
const tookMinutes = (minutes: number) => ({
  cases: 1,
  open: 0,
  meanTimeToActionSeconds: minutes * 60,
  medianTimeToActionSeconds: minutes * 60,
});

test('no events give zeros', async () => {
  const counted = { flags: 0, actions: 0, posts: 0, people: 0, reporters: 0 };
  expect(await list('')).toEqual({
    items: [],
    next: null,
    shown: 0,
    total: 0,
    from: '2026-01-30T00:00:00.000Z',
    to: '2026-03-01T00:00:00.000Z',
    asOf: '2026-03-01T00:00:00.000Z',
    exact: true,
    excluded: { events: 0, accounts: 0 },
    totals: { ...counted, ...none },
    days: [],
  });
});

describe('flags and actions of a day', () => {
  beforeAll(() =>
    stores.accept([
      made('rob joins', 'user_registered', { by: 'rob', minute: -500, data: { accountType: 'bot' } }),
      made('mod joins', 'user_registered', { by: 'mod', minute: -500, data: { isInternal: true } }),
      action('of before', { by: 'mod', minute: -125, data: { postId: 'p', reason: 'spam', action: 'warn' } }),
      flag('spam p', { by: 'ann', minute: 0, data: { postId: 'p', reason: 'spam' } }),
      flag('hate p', { by: 'bob', minute: 1, data: { postId: 'p', reason: 'hate' } }),
      flag('spam zed', { by: 'ann', minute: 2, data: { targetUserId: 'zed', reason: 'spam' } }),
      flag('post of zed', { by: 'ann', minute: 3, data: { postId: 'q', targetUserId: 'zed', policy: 'rules' } }),
      flag('of a bot', { by: 'rob', minute: 4, data: { postId: 'r', reason: 'spam' } }),
      flag('of a test', { by: 'cat', minute: 4, data: { postId: 'p', reason: 'spam' }, isInternal: true }),
      action('removed', {
        by: 'mod',
        minute: 10,
        data: { postId: 'p', reason: 'spam', action: 'remove', policy: 'P1' },
      }),
      action('again', { by: 'mod', minute: 11, data: { postId: 'p', reason: 'late', action: 'remove', policy: 'P1' } }),
      action('banned', { by: 'mod', minute: 13, data: { targetUserId: 'zed', action: 'ban', reason: 'abuse' } }),
      action('rehearsed', { by: 'mod', minute: 14, data: { postId: 'q', action: 'remove' }, isInternal: true }),
      action('on its own', { by: 'auto', minute: 15, data: { postId: 's', action: 'remove' } }),
      flag('of the next day', { by: 'ann', minute: 720, data: { postId: 't', reason: 'spam' } }),
    ]),
  );

  test('by reason', async () => {
    const { items, ...rest } = await list(range);
    expect(items).toEqual([
      {
        value: 'spam',
        flags: 2,
        actions: 2,
        posts: 1,
        people: 1,
        reporters: 1,
        cases: 2,
        open: 0,
        meanTimeToActionSeconds: 630,
        medianTimeToActionSeconds: 630,
      },
      {
        value: '',
        flags: 1,
        actions: 1,
        posts: 2,
        people: 1,
        reporters: 1,
        ...none,
        cases: 1,
        open: 1,
      },
      { value: 'abuse', flags: 0, actions: 1, posts: 0, people: 1, reporters: 0, ...none },
      { value: 'hate', flags: 1, actions: 0, posts: 1, people: 0, reporters: 1, ...none },
      { value: 'late', flags: 0, actions: 1, posts: 1, people: 0, reporters: 0, ...none },
    ]);
    expect(rest).toEqual({
      next: null,
      shown: 5,
      total: 5,
      from: '2026-02-20T00:00:00.000Z',
      to: '2026-02-21T00:00:00.000Z',
      asOf: '2026-03-01T00:00:00.000Z',
      exact: true,
      excluded: { events: 3, accounts: 3 },
      totals: {
        flags: 4,
        actions: 5,
        posts: 3,
        people: 1,
        reporters: 2,
        cases: 3,
        open: 1,
        meanTimeToActionSeconds: 630,
        medianTimeToActionSeconds: 630,
      },
      days: [{ day: '2026-02-20', flags: 4, actions: 5, reporters: 2 }],
    });
  });

  test('by action, a case is of the action that answered it where flags do not say one', async () => {
    const { items, totals } = await list(`${range}&by=action`);
    expect(items).toEqual([
      { value: '', flags: 4, actions: 0, posts: 2, people: 1, reporters: 2, ...none, cases: 1, open: 1 },
      { value: 'remove', flags: 0, actions: 3, posts: 2, people: 0, reporters: 0, ...tookMinutes(10) },
      { value: 'ban', flags: 0, actions: 1, posts: 0, people: 1, reporters: 0, ...tookMinutes(11) },
      { value: 'warn', flags: 0, actions: 1, posts: 1, people: 0, reporters: 0, ...none },
    ]);
    expect(totals).toEqual((await list(range)).totals);
  });

  test('by policy', async () => {
    const { items } = await list(`${range}&by=policy`);
    expect(items).toEqual([
      { value: '', flags: 3, actions: 3, posts: 2, people: 1, reporters: 2, ...tookMinutes(11) },
      { value: 'P1', flags: 0, actions: 2, posts: 1, people: 0, reporters: 0, ...tookMinutes(10) },
      { value: 'rules', flags: 1, actions: 0, posts: 1, people: 1, reporters: 1, ...none, cases: 1, open: 1 },
    ]);
  });

  test('an action at `to` is not yet one', async () => {
    const { totals } = await list(`from=${at(0)}&to=${at(10)}`);
    expect(totals).toMatchObject({ flags: 4, actions: 0, cases: 3, open: 3, meanTimeToActionSeconds: null });
  });

  test('days are those of the time zone', async () => {
    const { days } = await list(`${range}&tz=Pacific/Kiritimati`);
    expect(days).toEqual([
      { day: '2026-02-20', flags: 0, actions: 1, reporters: 0 },
      { day: '2026-02-21', flags: 4, actions: 4, reporters: 2 },
    ]);
  });

  test('pages show everything once, all of the range of the first', async () => {
    const whole = await list(range);
    const seen: unknown[] = [];
    let cursor = '';
    for (const expected of [2, 2, 1]) {
      const page = await list(`${range}&limit=2${cursor}`);
      expect([page.shown, page.total, page.totals]).toEqual([expected, 5, whole.totals]);
      seen.push(...page.items);
      cursor = `&cursor=${page.next}`;
    }
    expect(cursor).toBe('&cursor=null');
    expect(seen).toEqual(whole.items);
  });

  test.each([
    ['from=2026-02-20T00:00:00Z&to=2026-02-20T00:00:00Z', 'empty_range'],
    ['unknown=1', 'unknown_parameter'],
    ['by=person', 'invalid_parameter'],
    ['by=all', 'invalid_parameter'],
    ['tz=Nowhere/Town', 'invalid_parameter'],
    ['cursor=forged', 'invalid_cursor'],
  ])('%s is refused', async (query, code) => {
    const { status, body } = await stores.get(`/v1/safety/moderation?${query}`);
    expect([status, body]).toMatchObject([400, { code }]);
  });
});

import { ModerationList } from '../../../src/engagement/safety/safety-routes.ts';
import { type Chance, openChance } from '../discovery/chance.ts';
import {
  byteOrder,
  close,
  distinct,
  excludedAccounts,
  inRange,
  inTimeOrder,
  isInternal,
  mean,
  median,
  type Range,
  said,
  timeOf,
} from '../discovery/recount.ts';
import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
});
afterAll(() => stores.close());

type By = 'reason' | 'action' | 'policy';

const zone = 'Asia/Kathmandu';
const firstMs = Date.UTC(2026, 1, 10);
const stepMs = 3_600_000;
const steps = 240;
const timeAt = (step: number) => new Date(firstMs + step * stepMs).toISOString();

// Few times and ids that differ in bytes beyond ASCII, so that ties happen and have to be broken as told.
function randomEvent(chance: Chance, at: number): PostedEvent {
  const people = ['ann', 'bob', 'cat', 'dan', 'rob', 'mod'] as const;
  const head = {
    eventId: `${chance.pick(['Z', 'a', 'é', '10', '9'])} ${at}`,
    userId: chance.pick(people),
    timestamp: timeAt(chance.below(steps)),
    ...(chance.isOnceIn(8) ? { metadata: { isInternal: chance.isOnceIn(2) } } : {}),
  };
  if (chance.isOnceIn(30)) {
    const sign = chance.pick([
      { isInternal: true },
      { isInternal: false },
      { accountType: 'bot' },
      { isTestAccount: true },
    ]);
    return { ...head, eventName: 'user_updated', data: chance.isOnceIn(3) ? { username: 'new' } : sign };
  }
  const post = { postId: chance.pick(['p', 'q', 'r', 's', 't', 'u', 'v', 'w']) };
  const person = { targetUserId: chance.pick(['x', 'y', 'z', 'p']) };
  const data = {
    ...chance.pick([post, post, person, { ...post, ...person }]),
    ...(chance.isOnceIn(3) ? {} : { reason: chance.pick(['spam', 'hate', 'éclat', 'Zeal']) }),
    ...(chance.isOnceIn(2) ? {} : { policy: chance.pick(['one', 'two']) }),
    ...(chance.isOnceIn(2) ? {} : { action: chance.pick(['remove', 'ban', 'warn']) }),
  };
  return { ...head, eventName: chance.pick(['content_flagged', 'content_flagged', 'moderation_action']), data };
}

const isFlag = (event: PostedEvent) => event.eventName === 'content_flagged';

function subjectsOf(event: PostedEvent): string[] {
  const of = (kind: string, id: string) => (id === '' ? [] : [`${kind} ${id}`]);
  const [post, person] = [of('post', said(event, 'postId')), of('person', said(event, 'targetUserId'))];
  return isFlag(event) && post.length > 0 ? post : [...post, ...person];
}

type Case = { value: string; waitSeconds: number | null };

function casesOf(events: readonly PostedEvent[], saidBy: (event: PostedEvent) => string): Case[] {
  const ordered = inTimeOrder(events);
  return [...new Set(ordered.flatMap(subjectsOf))].flatMap((subject): Case[] => {
    const about = ordered.filter((event) => subjectsOf(event).includes(subject));
    const flag = about.find(isFlag);
    if (flag === undefined) return [];
    const answer = about.find((event) => !isFlag(event) && timeOf(event) >= timeOf(flag));
    const value = saidBy(flag) === '' && answer !== undefined ? saidBy(answer) : saidBy(flag);
    return [{ value, waitSeconds: answer === undefined ? null : (timeOf(answer) - timeOf(flag)) / 1000 }];
  });
}

function numbersOf(events: readonly PostedEvent[], cases: readonly Case[]) {
  const waits = cases.map(({ waitSeconds }) => waitSeconds).filter((wait) => wait !== null);
  const flags = events.filter(isFlag);
  return {
    flags: flags.length,
    actions: events.length - flags.length,
    posts: distinct(events.map(({ data }) => data['postId'])),
    people: distinct(events.map(({ data }) => data['targetUserId'])),
    reporters: distinct(flags.map(({ userId }) => userId)),
    cases: cases.length,
    open: cases.length - waits.length,
    meanTimeToActionSeconds: close(mean(waits)),
    medianTimeToActionSeconds: close(median(waits)),
  };
}

function daysOf(events: readonly PostedEvent[]) {
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const dayOf = (event: PostedEvent) => calendar.format(timeOf(event));
  return [...new Set(events.map(dayOf))].sort().map((day) => {
    const { flags, actions, reporters } = numbersOf(
      events.filter((event) => dayOf(event) === day),
      [],
    );
    return { day, flags, actions, reporters };
  });
}

function recount(all: readonly PostedEvent[], range: Range, by: By) {
  const saidBy = (event: PostedEvent) => said(event, by);
  const left = excludedAccounts(all);
  const asked = all.filter((event) => event.eventName !== 'user_updated').filter(inRange(range));
  const isLeftOut = (event: PostedEvent) => isInternal(event) || (isFlag(event) && left.has(event.userId));
  const counted = asked.filter((event) => !isLeftOut(event));
  const out = asked.filter(isLeftOut);
  const cases = casesOf(counted, saidBy);
  const items = [...new Set(counted.map(saidBy))].map((value) => ({
    value,
    ...numbersOf(
      counted.filter((event) => saidBy(event) === value),
      cases.filter((one) => one.value === value),
    ),
  }));
  const events = (item: { flags: number; actions: number }) => item.flags + item.actions;
  items.sort((one, other) => events(other) - events(one) || byteOrder(one.value, other.value));
  return {
    items,
    total: items.length,
    totals: numbersOf(counted, cases),
    days: daysOf(counted),
    excluded: { events: out.length, accounts: distinct(out.map(({ userId }) => userId)) },
  };
}

test('random flags and actions are counted as the definitions say', async () => {
  const all: PostedEvent[] = [];
  let casesSeen = 0;
  for (let round = 0; round < 24; round += 1) {
    const chance = openChance(500 + round);
    const fresh = Array.from({ length: 15 + round }, (_, at) => randomEvent(chance, round * 100 + at));
    all.push(...fresh);
    await stores.accept(fresh);
    const from = chance.below(steps - 1);
    const to = from + 1 + chance.below(steps - from);
    const range = { from: timeAt(from), to: timeAt(to) };
    for (const by of ['reason', 'action', 'policy'] as const) {
      const { status, body } = await stores.get(
        `/v1/safety/moderation?from=${range.from}&to=${range.to}&by=${by}&tz=${zone}`,
      );
      expect([round, by, status]).toEqual([round, by, 200]);
      const expected = recount(all, range, by);
      expect([round, by, ModerationList.parse(body)]).toMatchObject([round, by, expected]);
      casesSeen += expected.totals.cases - expected.totals.open;
    }
  }
  expect(casesSeen).toBeGreaterThan(100);
}, 180_000);

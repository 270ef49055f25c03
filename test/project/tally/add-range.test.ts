import { z } from 'zod';
import type { Facts } from '../../../src/facts/facts.ts';
import { addRange } from '../../../src/project/tally/add-range.ts';
import type { PostedEvent } from '../../engagement/engagement-stores.ts';
import { numbersFrom } from '../../engagement/posts/draw-events.ts';
import { countReceived, receivedOf, weightOf } from '../../engagement/posts/recount-post.ts';
import { openFreshFacts } from '../../setup/open-test-stores.ts';
import { drawTallied, dumpTally, insertFacts, postIds, rules } from './tallied-facts.ts';

const number = 1200;
const events = drawTallied(7, number);
const opened: Facts[] = [];

afterAll(async () => {
  await Promise.all(opened.map((facts) => facts.close()));
});

async function openFilled(): Promise<Facts> {
  const { facts } = await openFreshFacts();
  opened.push(facts);
  await insertFacts(facts, events);
  return facts;
}

async function tallied(cuts: readonly number[], times = 1): Promise<Facts> {
  const facts = await openFilled();
  let afterSeq = 0;
  for (const toSeq of cuts) {
    for (let time = 0; time < times; time += 1) await addRange({ facts, rules }, { afterSeq, toSeq });
    afterSeq = toSeq;
  }
  return facts;
}

/** Whom the latest word on each of three matters excludes. */
function excludedPeople(): Set<string> {
  const told = events.filter(({ eventName }) => eventName === 'user_updated');
  told.sort((one, other) => (`${one.timestamp} ${one.eventId}` < `${other.timestamp} ${other.eventId}` ? -1 : 1));
  const latest = new Map<string, unknown>();
  for (const { userId, data } of told) {
    for (const [name, value] of Object.entries(data)) latest.set(`${userId} ${name}`, value);
  }
  const isOut = (userId: string) =>
    latest.get(`${userId} isInternal`) === true ||
    latest.get(`${userId} isTestAccount`) === true ||
    latest.get(`${userId} accountType`) === 'bot';
  return new Set(told.map(({ userId }) => userId).filter(isOut));
}

const dayRow = z.object({
  day: z.string(),
  postId: z.string(),
  views: z.number(),
  impressions: z.number(),
  likes: z.number(),
  saves: z.number(),
  comments: z.number(),
  shares: z.number(),
  watchMs: z.number(),
  weighted: z.number(),
});
const readDays = {
  path: 'days',
  text: `SELECT toString(day) AS day, post_id AS postId, sum(views) AS views, sum(impressions) AS impressions, sum(likes) AS likes, sum(saves) AS saves,
      sum(comments) AS comments, sum(shares) AS shares, sum(watch_ms) AS watchMs,
      10 * shares + 8 * saves + 5 * comments + 3 * likes + views + 0.5 * sum(bonus_views) AS weighted
    FROM engagement_days GROUP BY day, post_id HAVING impressions + likes + saves + comments + shares > 0 ORDER BY day, postId`,
  params: z.object({}),
  row: dayRow,
};

function recountDays(): Array<z.output<typeof dayRow>> {
  const excluded = excludedPeople();
  const always = { fromMs: 0, toMs: Date.UTC(2100, 0, 1), excluded };
  const rows = postIds.flatMap((postId) => {
    const { met } = receivedOf(events, { ...always, postIds: new Set([postId]) });
    const dayOf = ({ atMs }: { atMs: number }) => new Date(atMs).toISOString().slice(0, 10);
    return [...new Set(met.map(dayOf))].map((day) => {
      const received = met.filter((one) => dayOf(one) === day);
      const { views, impressions, likes, saves, comments, shares, watchSeconds } = countReceived(received);
      const weighted = received.reduce((sum, one) => sum + weightOf(one), 0);
      const watchMs = Math.round(watchSeconds * 1000);
      return { day, postId, views, impressions, likes, saves, comments, shares, watchMs, weighted };
    });
  });
  return rows.toSorted((one, other) => (one.day + one.postId < other.day + other.postId ? -1 : 1));
}

describe('the tally', () => {
  let whole: Facts;
  beforeAll(async () => {
    whole = await tallied([number]);
  });

  test('counts every day of every post as a recount by the definitions does', async () => {
    const expected = recountDays();
    expect(excludedPeople().size).toBeGreaterThan(1);
    expect(expected.length).toBeGreaterThan(100);
    expect(await whole.select(readDays, {})).toEqual(expected);
  });

  test.each([1, 2])('counts the same however the facts are cut, and with each range repeated (%i)', async (seed) => {
    const draw = numbersFrom(seed);
    const cuts = [];
    for (let at = 0; at < number; ) {
      at = Math.min(number, at + 1 + draw(500));
      cuts.push(at);
    }
    expect(await dumpTally(await tallied(cuts, 2))).toEqual(await dumpTally(whole));
  });

  test('counts what came in another order to the same', async () => {
    const facts = await openFreshFacts().then((fresh) => fresh.facts);
    opened.push(facts);
    const turned: PostedEvent[] = events.toReversed();
    await insertFacts(facts, turned);
    await addRange({ facts, rules }, { afterSeq: 0, toSeq: 500 });
    await addRange({ facts, rules }, { afterSeq: 500, toSeq: number });
    expect(await dumpTally(facts)).toEqual(await dumpTally(whole));
  });
});

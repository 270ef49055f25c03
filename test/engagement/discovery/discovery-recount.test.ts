import {
  DiscoveryPositionList,
  DiscoverySourceList,
  Diversity,
} from '../../../src/engagement/discovery/discovery-routes.ts';
import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';
import { openChance } from './chance.ts';
import { randomEvent, steps, timeAt } from './random-events.ts';
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
} from './recount.ts';

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
});
afterAll(() => stores.close());

type Field = 'source' | 'feedPosition';

/** The likes or saves that stand before `to`, each as the event with which its run began. */
function runsOf(events: readonly PostedEvent[], { to }: Range): PostedEvent[] {
  const starts = new Map<string, PostedEvent>();
  const before = inTimeOrder(events).filter(({ timestamp }) => Date.parse(timestamp) < Date.parse(to));
  for (const event of before) {
    const key = JSON.stringify([event.userId, event.data['postId']]);
    if (said(event, 'action').startsWith('un')) starts.delete(key);
    else if (!starts.has(key)) starts.set(key, event);
  }
  return [...starts.values()];
}

function split(all: readonly PostedEvent[], range: Range, kinds: readonly string[]) {
  const left = excludedAccounts(all);
  const isLeftOut = (event: PostedEvent) => isInternal(event) || left.has(event.userId);
  const ofKinds = all.filter(({ eventName }) => kinds.includes(eventName));
  const out = ofKinds.filter(isLeftOut).filter(inRange(range));
  return {
    kept: ofKinds.filter((event) => !isLeftOut(event)),
    excluded: { events: out.length, accounts: distinct(out.map(({ userId }) => userId)) },
  };
}

function numbersOf(events: readonly PostedEvent[]) {
  const of = (name: string) => events.filter(({ eventName }) => eventName === name);
  const impressions = of('post_discovered');
  const clicks = impressions.filter(({ data }) => data['clickedThrough'] === true).length;
  const waits = impressions
    .map(({ data }) => data['timeToEngagementMs'])
    .filter((wait) => wait !== undefined)
    .map((wait) => Number(wait) / 1000);
  return {
    impressions: impressions.length,
    clicks,
    clickThroughRate: close(impressions.length === 0 ? null : clicks / impressions.length),
    people: distinct(impressions.map(({ userId }) => userId)),
    posts: distinct(impressions.map(({ data }) => data['postId'])),
    timed: waits.length,
    meanTimeToEngagementSeconds: close(mean(waits)),
    medianTimeToEngagementSeconds: close(median(waits)),
    views: of('post_view').length,
    likes: of('post_like').length,
    comments: of('post_comment').length,
    shares: of('post_share').length,
    saves: of('post_save').length,
  };
}

const kinds = ['post_discovered', 'post_view', 'post_like', 'post_comment', 'post_share', 'post_save'];

function recountPlacings(all: readonly PostedEvent[], range: Range, field: Field) {
  const { kept, excluded } = split(all, range, kinds);
  const of = (name: string) => kept.filter(({ eventName }) => eventName === name);
  const counted = [
    ...['post_discovered', 'post_comment', 'post_share'].flatMap(of),
    ...of('post_view').filter(({ data }) => Number(data['viewDurationMs'] ?? 0) >= 3000),
    ...['post_like', 'post_save'].flatMap((name) => runsOf(of(name), range)),
  ].filter(inRange(range));
  const values = [...new Set(counted.map((event) => said(event, field)))].filter((value) => value !== '');
  const items = values.map((named) => ({
    named,
    numbers: numbersOf(counted.filter((event) => said(event, field) === named)),
  }));
  const rankOf = (item: (typeof items)[number]) =>
    field === 'source' ? -item.numbers.impressions : Number(item.named);
  items.sort((one, other) => rankOf(one) - rankOf(other) || byteOrder(one.named, other.named));
  return {
    items: items.map((item) => ({ [field]: field === 'source' ? item.named : Number(item.named), ...item.numbers })),
    total: items.length,
    excluded,
  };
}

type Content = { category: string; author: string };

/** Posts by the first accepted event that made them, with the latest category that a change named. */
function contentsOf(all: readonly PostedEvent[]): Map<unknown, Content> {
  const contents = new Map<unknown, Content>();
  for (const event of all) {
    const { eventName, userId, data } = event;
    if (eventName !== 'post_created' || contents.has(data['postId'])) continue;
    contents.set(data['postId'], { category: said(event, 'category'), author: userId });
  }
  for (const event of inTimeOrder(all)) {
    const { eventName, data } = event;
    const content = contents.get(data['postId']);
    const isChange = eventName === 'post_updated' && data['commentId'] === undefined;
    if (isChange && content !== undefined && data['category'] !== undefined) content.category = said(event, 'category');
  }
  return contents;
}

function measuresOf(shown: readonly Content[]) {
  const shares = [...new Set(shown.map(({ category }) => category))].map(
    (value) => shown.filter(({ category }) => category === value).length / shown.length,
  );
  return {
    categories: shares.length,
    entropyBits: shares.reduce((sum, share) => sum - share * Math.log2(share), 0),
    concentration: Math.max(...shares),
    herfindahl: shares.reduce((sum, share) => sum + share * share, 0),
    authors: distinct(shown.map(({ author }) => author || undefined)),
  };
}

function percentilesOf(values: readonly number[]) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (percent: number) => close(sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? null);
  return { p10: at(10), p25: at(25), p50: at(50), p75: at(75), p90: at(90) };
}

function recountDiversity(all: readonly PostedEvent[], range: Range, minImpressions: number) {
  const { kept, excluded } = split(all, range, ['post_discovered', 'post_view']);
  const contents = contentsOf(all);
  const shown = kept.filter(inRange(range)).map(({ userId, data }) => ({
    userId,
    ...(contents.get(data['postId']) ?? { category: '', author: '' }),
  }));
  const accounts = [...new Set(shown.map(({ userId }) => userId))].map((one) =>
    shown.filter(({ userId }) => userId === one),
  );
  const compared = accounts.filter(({ length }) => length >= minImpressions).map(measuresOf);
  const overall = measuresOf(shown);
  return {
    impressions: shown.length,
    categories: overall.categories,
    authors: overall.authors,
    entropyBits: close(shown.length === 0 ? null : overall.entropyBits),
    herfindahl: close(shown.length === 0 ? null : overall.herfindahl),
    accounts: compared.length,
    accountsWithTooFew: accounts.length - compared.length,
    excluded,
    perAccount: {
      entropyBits: percentilesOf(compared.map(({ entropyBits }) => entropyBits)),
      concentration: percentilesOf(compared.map(({ concentration }) => concentration)),
      herfindahl: percentilesOf(compared.map(({ herfindahl }) => herfindahl)),
      authors: percentilesOf(compared.map(({ authors }) => authors)),
    },
  };
}

async function ask(path: string): Promise<unknown> {
  const { status, body } = await stores.get(path);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

test('random events are counted as the definitions say', async () => {
  const all: PostedEvent[] = [];
  const seen = { likes: 0, saves: 0, compared: 0 };
  for (let round = 0; round < 24; round += 1) {
    const chance = openChance(900 + round);
    const fresh = Array.from({ length: 20 + 2 * round }, (_, at) => randomEvent(chance, round * 100 + at));
    all.push(...fresh);
    await stores.accept(fresh);
    const from = chance.below(steps - 1);
    const to = from + 1 + chance.below(steps - from);
    const range = { from: timeAt(from), to: timeAt(to) };
    const asked = `from=${range.from}&to=${range.to}`;
    const minImpressions = 1 + chance.below(8);

    const sources = DiscoverySourceList.parse(await ask(`/v1/discovery/sources?${asked}`));
    expect([round, sources]).toMatchObject([round, recountPlacings(all, range, 'source')]);
    const positions = DiscoveryPositionList.parse(await ask(`/v1/discovery/positions?${asked}`));
    expect([round, positions]).toMatchObject([round, recountPlacings(all, range, 'feedPosition')]);
    const diversity = Diversity.parse(await ask(`/v1/discovery/diversity?${asked}&minImpressions=${minImpressions}`));
    expect([round, diversity]).toMatchObject([round, recountDiversity(all, range, minImpressions)]);

    seen.likes += sources.items.reduce((sum, { likes }) => sum + likes, 0);
    seen.saves += sources.items.reduce((sum, { saves }) => sum + saves, 0);
    seen.compared += diversity.accounts;
  }
  expect(Math.min(seen.likes, seen.saves, seen.compared)).toBeGreaterThan(30);
}, 180_000);

import { ContentTrend, ContentValueList } from '../../../src/engagement/content/content-routes.ts';
import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';
import { type Chance, openChance, someEvents, someMoment } from './random-content.ts';
import {
  countExcluded,
  type DimensionName,
  inBytes,
  measureStep,
  ofValue,
  openRecount,
  type Recount,
  recountValues,
  type Span,
} from './recount-content.ts';
import { recountSteps } from './recount-steps.ts';

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
});
afterAll(() => stores.close());

const dimensions = ['categories', 'hashtags', 'effects', 'music', 'contentTypes'] as const;
const sorts = ['views', 'postsCreated', 'engagementRate', 'completionRate'] as const;
const zones = [
  'UTC',
  'Europe/Lisbon',
  'America/New_York',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Kathmandu',
] as const;
const widths = [6 * 3600, 7 * 3600, 86_400, 3 * 86_400, 7 * 86_400] as const;

const accepted: PostedEvent[] = [];

function someSpan(chance: Chance): Span {
  const moments = [someMoment(chance), someMoment(chance)];
  const fromMs = Math.min(...moments);
  return { fromMs, toMs: Math.max(...moments, fromMs + 1) };
}

const inQuery = ({ fromMs, toMs }: Span) => `from=${new Date(fromMs).toISOString()}&to=${new Date(toMs).toISOString()}`;

async function listAll(path: string, limit: number) {
  const items: unknown[] = [];
  for (let cursor = ''; ; ) {
    const { status, body } = await stores.get(`${path}&limit=${limit}${cursor}`);
    expect([status, body]).toEqual([200, expect.anything()]);
    const page = ContentValueList.parse(body);
    items.push(...page.items);
    expect(page.shown).toBe(page.items.length);
    if (page.next === null) return { items, total: page.total, excluded: page.excluded };
    cursor = `&cursor=${page.next}`;
  }
}

function inOrder(items: ReturnType<typeof recountValues>, sort: (typeof sorts)[number]) {
  return items.toSorted((one, other) => {
    const difference = (other[sort] ?? -1) - (one[sort] ?? -1);
    if (difference !== 0) return difference;
    if (one.value === null || other.value === null) return one.value === null ? 1 : -1;
    return inBytes(one.value, other.value);
  });
}

async function compareLists(recount: Recount, span: Span, chance: Chance): Promise<number> {
  let found = 0;
  for (const dimension of dimensions) {
    const sort = chance.oneOf(sorts);
    const path = `/v1/content/${dimension}?${inQuery(span)}&sort=${sort}`;
    const items = inOrder(recountValues(recount, dimension, span), sort);
    const expected = { items, total: items.length, excluded: countExcluded(recount, span) };
    expect([path, await listAll(path, chance.oneOf([4, 1000]))]).toEqual([path, expected]);
    found += items.length;
  }
  return found;
}

async function compareTrend(
  recount: Recount,
  { span, dimension, value }: { span: Span; dimension: DimensionName; value: string },
  chance: Chance,
): Promise<void> {
  const [tz, stepSeconds] = [chance.oneOf(zones), chance.oneOf(widths)];
  const of = `/v1/content/${dimension}/${encodeURIComponent(value)}/trend`;
  const path = `${of}?${inQuery(span)}&stepSeconds=${stepSeconds}&tz=${tz}`;
  const { status, body } = await stores.get(path);
  const mine = ofValue(recount, dimension, value);
  if (mine.made.size === 0) {
    expect([path, status]).toEqual([path, 404]);
    return;
  }
  expect([path, status]).toEqual([path, 200]);
  const starts = recountSteps(span, stepSeconds, tz);
  const expected = starts.map((start, index) => {
    const step = { fromMs: Math.max(start, span.fromMs), toMs: Math.min(starts[index + 1] ?? span.toMs, span.toMs) };
    return { at: new Date(start).toISOString(), ...measureStep(mine, step, span.toMs) };
  });
  const { steps, excluded } = ContentTrend.parse(body);
  expect([path, steps]).toEqual([path, expected]);
  const kinds = ['post_view', 'post_like', 'post_comment', 'post_share'];
  expect([path, excluded]).toEqual([path, countExcluded(mine, span, kinds)]);
}

describe('whatever happened, the answers are those of a recount', () => {
  test.each([1, 2, 3, 4, 5])('round %i of events', async (round) => {
    const chance = openChance(round);
    const more = someEvents(chance, 50 + round * 80, round);
    accepted.push(...more);
    await stores.accept(more);
    const recount = openRecount(accepted);
    let found = 0;
    for (let time = 0; time < 4; time += 1) {
      const span = someSpan(chance);
      found += await compareLists(recount, span, chance);
      await compareTrend(recount, { span, dimension: 'hashtags', value: chance.oneOf(['a', 'é', '😀']) }, chance);
      await compareTrend(recount, { span, dimension: 'music', value: "it's \\ 100%" }, chance);
    }
    expect(found).toBeGreaterThan(0);
  });
});

import { createHash } from 'node:crypto';
import type { DemoEvent } from '../../src/demo/demo-event.ts';
import { defaultEvents, generateEvents } from '../../src/demo/generate-events.ts';
import { storyPosts } from '../../src/demo/stories/story-posts.ts';
import { type Recount, recountCascades } from './recount-cascades.ts';

const endAtMs = Date.parse('2026-03-01T00:00:00.000Z');
const dayMs = 24 * 3_600_000;

function digest(options: Parameters<typeof generateEvents>[0]): string {
  const hash = createHash('sha256');
  for (const event of generateEvents(options)) hash.update(`${JSON.stringify(event)}\n`);
  return hash.digest('hex');
}

function timeOf(event: DemoEvent): number {
  return Date.parse(event.timestamp);
}

describe('the demo events', () => {
  const events = [...generateEvents({ seed: 1, endAtMs })];
  const { cascades, posts, pendingPostIds } = recountCascades(events);
  const stories = storyPosts();

  function story(rootPostId: string): Recount {
    const cascade = cascades.get(rootPostId);
    if (cascade === undefined) throw new Error(`no cascade ${rootPostId}`);
    return cascade;
  }

  function sharesOf(rootPostId: string) {
    return events.flatMap((event) =>
      event.eventName === 'post_share' && event.data.rootPostId === rootPostId ? [event] : [],
    );
  }

  test('the same options give the same bytes, another seed gives others', () => {
    const options = { seed: 7, endAtMs, events: 3_000 };
    expect(digest(options)).toBe(digest(options));
    expect(digest({ ...options, seed: 8 })).not.toBe(digest(options));
  });

  test.each([0, 1, 17, 1_000, 12_345])('exactly %i events where so many are asked for', (count) => {
    const ids = new Set<string>();
    for (const event of generateEvents({ seed: 3, endAtMs, events: count })) ids.add(event.eventId);
    expect(ids.size).toBe(count);
  });

  test('by default 50,000, all different, within the month before the end', () => {
    expect(events).toHaveLength(defaultEvents);
    expect(new Set(events.map((event) => event.eventId)).size).toBe(defaultEvents);
    const times = events.map(timeOf);
    expect(Math.max(...times)).toBeLessThanOrEqual(endAtMs);
    expect(Math.max(...times)).toBeGreaterThan(endAtMs - dayMs);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(endAtMs - 30 * dayMs);
  });

  test('nothing is pending at the end: every share reaches its root', () => {
    expect(pendingPostIds).toEqual([]);
  });

  test('every hint names the true root, and every share is later than what it was shared from', () => {
    const rootOf = (postId: string): string => {
      const parent = posts.get(postId)?.parentPostId ?? null;
      return parent === null ? postId : rootOf(parent);
    };
    for (const post of posts.values()) {
      if (post.rootHint !== null) expect(rootOf(post.postId)).toBe(post.rootHint);
      const parent = post.parentPostId === null ? undefined : posts.get(post.parentPostId);
      if (parent !== undefined) expect(post.createdAtMs).toBeGreaterThan(parent.createdAtMs);
    }
  });

  test('everybody registers once, before anything else', () => {
    const registeredAt = new Map<string, number>();
    for (const event of events) {
      if (event.eventName !== 'user_registered') continue;
      expect(registeredAt.has(event.userId)).toBe(false);
      registeredAt.set(event.userId, timeOf(event));
    }
    for (const event of events) {
      expect(registeredAt.get(event.userId) ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(timeOf(event));
    }
  });

  test('in order but for a few percent, and some shares come before their parents', () => {
    const arrived = new Set<string>();
    let latest = 0;
    let late = 0;
    let orphans = 0;
    for (const event of events) {
      if (timeOf(event) < latest - 5_000) late += 1;
      latest = Math.max(latest, timeOf(event));
      if (event.eventName === 'post_created') arrived.add(event.data.postId);
      if (event.eventName !== 'post_share') continue;
      if (!arrived.has(event.data.postId)) orphans += 1;
      arrived.add(event.data.shareId);
    }
    expect(late / events.length).toBeGreaterThan(0.01);
    expect(late / events.length).toBeLessThan(0.06);
    expect(orphans).toBeGreaterThan(20);
  });

  test('sizes have a heavy tail, on several platforms, networks and continents', () => {
    const sizes = [...cascades.values()].map((cascade) => cascade.size);
    expect(sizes.length).toBeGreaterThan(500);
    expect(sizes.filter((size) => size === 1).length).toBeGreaterThan(sizes.length / 3);
    expect(sizes.filter((size) => size >= 20).length).toBeGreaterThan(5);
    expect(new Set(events.map((event) => event.metadata.platform))).toEqual(new Set(['ios', 'android', 'web']));
    expect(new Set(events.map((event) => event.metadata.network))).toEqual(new Set([undefined, 'shorts']));
    expect(new Set(events.map((event) => event.metadata.timeZone)).size).toBeGreaterThan(10);
  });

  test('the organic story is broad and deep', () => {
    const organic = story(stories.organic);
    expect(organic.shares).toBe(4_000);
    expect(organic.depth).toBeGreaterThanOrEqual(10);
    expect(organic.maxBreadth).toBeGreaterThan(300);
    expect(organic.structuralVirality).toBeGreaterThan(5);
    expect(organic.accounts).toBeGreaterThan(1_500);
  });

  test('the burst is new accounts on one kind of phone, within two minutes, nearly a star', () => {
    const burst = story(stories.burst);
    expect(burst.shares).toBeGreaterThan(350);
    expect(burst.accounts).toBe(burst.size);
    expect(burst.depth).toBeLessThanOrEqual(2);
    expect(burst.broadcastRatio).toBeGreaterThan(0.9);
    expect((burst.lastShareAtMs ?? 0) - burst.createdAtMs).toBeLessThan(2 * 60_000);
    const shares = sharesOf(stories.burst);
    expect(new Set(shares.map(({ metadata }) => `${metadata.platform} ${metadata.appVersion}`)).size).toBe(1);
    const sharers = new Set(shares.map((share) => share.userId));
    const hired = events
      .filter((event) => event.eventName === 'user_registered' && sharers.has(event.userId))
      .map(timeOf);
    expect(Math.max(...hired) - Math.min(...hired)).toBeLessThan(10 * 60_000);
    expect(burst.createdAtMs - Math.min(...hired)).toBeLessThan(60 * 60_000);
  });

  test('the rumour is narrow, deep and takes days', () => {
    const rumour = story(stories.rumour);
    expect(rumour.depth).toBeGreaterThanOrEqual(25);
    expect(rumour.maxBreadth).toBeLessThan(20);
    expect((rumour.lastShareAtMs ?? 0) - rumour.createdAtMs).toBeGreaterThan(3 * dayMs);
  });

  test.each([1, 2, 3, 4, 5, 6])(
    'the stories are told to their ends with seed %i, from a thousand events on',
    (seed) => {
      const small = recountCascades(generateEvents({ seed, endAtMs, events: 1_000 })).cascades;
      expect(small.get(stories.organic)?.shares).toBe(80);
      expect(small.get(stories.burst)?.shares).toBeGreaterThanOrEqual(17);
      expect(small.get(stories.rumour)?.depth).toBeGreaterThanOrEqual(25);
    },
  );

  test('a prefix sets every id of a run apart', () => {
    const own = [...generateEvents({ seed: 1, endAtMs, events: 2_000, prefix: 'x9_' })];
    expect(own.every((event) => event.eventId.startsWith('x9_') && event.userId.startsWith('x9_'))).toBe(true);
    const { cascades: prefixed } = recountCascades(own);
    expect([...prefixed.keys()].every((rootPostId) => rootPostId.startsWith('x9_'))).toBe(true);
    expect(prefixed.has(storyPosts('x9_').burst)).toBe(true);
  });
});

import type { Happened } from '../world/happened.ts';
import type { World } from '../world/read-world.ts';
import { groupBy, mean, type Recipe, type Row, ratio, sum } from './tools.ts';

const isView = ({ name, number }: Happened) => name === 'post_view' && (number('viewDurationMs') ?? 0) >= 3000;

const discoveries = ({ counted }: World) => counted.filter(({ name }) => name === 'post_discovered');

function seconds(events: readonly Happened[]): number[] {
  return events.flatMap(({ number }) => {
    const ms = number('timeToEngagementMs');
    return ms === null ? [] : [ms / 1000];
  });
}

const clicks = (events: readonly Happened[]) => events.filter(({ flag }) => flag('clickedThrough')).length;

function bySource(world: World): Row[] {
  return groupBy(discoveries(world), (event) => event.text('source'))
    .map(([source, of]) => ({
      source,
      impressions: of.length,
      clicks: clicks(of),
      click_through_rate: clicks(of) / of.length,
      engaged_share: seconds(of).length / of.length,
      mean_seconds_to_engagement: mean(seconds(of)),
    }))
    .toSorted((a, b) => b.impressions - a.impressions);
}

function byPosition(world: World): Row[] {
  return groupBy(discoveries(world), (event) => String(event.number('feedPosition'))).map(([position, of]) => {
    const there = world.counted.filter(({ number }) => String(number('feedPosition')) === position);
    return {
      feed_position: Number(position),
      impressions: of.length,
      click_through_rate: clicks(of) / of.length,
      mean_seconds_to_engagement: mean(seconds(of)),
      counted_views: there.filter(isView).length,
      comments_and_shares: there.filter(({ name }) => name === 'post_comment' || name === 'post_share').length,
    };
  });
}

function byAccount(world: World): Row[] {
  return groupBy(discoveries(world), ({ who }) => who).flatMap(([account, of]) =>
    groupBy(of, (event) => event.text('source')).map(([source, there]) => {
      const rate = clicks(there) / there.length;
      const lift = ratio(rate, clicks(of) / of.length);
      const impressions = there.length;
      return { account_id: account, source, impressions, clicks: clicks(there), click_through_rate: rate, lift };
    }),
  );
}

function variants({ counted }: World): Row[] {
  const exposed = counted.filter(({ name }) => name === 'experiment_exposed');
  return groupBy(exposed, (event) => event.text('variant')).map(([variant, people]) => {
    const after = people.flatMap(({ who, atMs }) => counted.filter((event) => event.who === who && event.atMs >= atMs));
    const views = after.filter(isView).length;
    const shares = after.filter(({ name }) => name === 'post_share').length;
    return { variant, people: people.length, views, shares, views_a_person: views / people.length };
  });
}

function diversity(world: World): Row[] {
  const { posts } = world;
  const shown = discoveries(world).filter(({ postId }) => posts.has(postId));
  const topicOf = ({ postId }: Happened) => posts.get(posts.get(postId)?.root ?? '')?.category ?? '';
  return groupBy(shown, ({ who }) => who).map(([account, of]) => {
    const parts = groupBy(of, topicOf).map(([, ofTopic]) => ofTopic.length / of.length);
    return {
      account_id: account,
      impressions: of.length,
      entropy_bits: -sum(parts.map((part) => part * Math.log2(part))),
      largest_share: Math.max(...parts),
    };
  });
}

export const finding: Readonly<Record<string, Recipe>> = {
  'Discovery sources': { recount: bySource },
  'Feed positions': { recount: byPosition },
  'Click-through by account and source': { recount: byAccount },
  'Variants of an experiment': { params: { experiment: 'feed-7' }, recount: variants },
  'Diversity of what people are shown': { recount: diversity },
};

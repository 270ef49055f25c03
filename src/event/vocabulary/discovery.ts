import { z } from 'zod';
import { count, durationMs, flag, position } from '../fields/number-fields.ts';
import { id, label, line } from '../fields/text-fields.ts';
import { feedPlace, namedPost } from './content.ts';
import { entry } from './entry.ts';

const ad = z.strictObject({
  adId: id,
  campaignId: id.optional(),
  ...feedPlace,
  postId: id.optional(),
  postAuthor: id.optional(),
});

const article = z.strictObject({
  articleId: id,
  category: label.optional(),
  source: label.optional(),
  timeSpentMs: durationMs.optional(),
  timeSpent: durationMs.optional(),
});

const trendingItem = z.strictObject({
  itemId: id,
  itemType: label.optional(),
  platform: label.optional(),
  position: position.optional(),
});

const search = z.strictObject({
  queryHash: line(128).optional(),
  queryLength: count.optional(),
  results: count.optional(),
  resultId: id.optional(),
  position: position.optional(),
});

const newsAliases = { timeSpent: 'timeSpentMs' } as const;

export const discoveryEvents = {
  post_discovered: entry({
    category: 'user_action',
    summary: 'A post was put before a person: by which source, at which place, and what came of it.',
    graph: 'none',
    facts: 'discovery',
    data: z.strictObject({
      ...namedPost,
      source: label,
      feedPosition: position,
      clickedThrough: flag.optional(),
      timeToEngagementMs: durationMs.optional(),
    }),
  }),
  ad_impression: entry({
    category: 'user_action',
    summary: 'An advertisement was shown.',
    graph: 'none',
    facts: 'ad',
    data: ad,
  }),
  ad_click: entry({
    category: 'user_action',
    summary: 'An advertisement was clicked.',
    graph: 'none',
    facts: 'ad',
    data: ad,
  }),
  news_article_view: entry({
    category: 'user_action',
    summary: 'A news article was read.',
    graph: 'none',
    facts: 'news',
    aliases: newsAliases,
    data: article,
  }),
  news_article_share: entry({
    category: 'user_action',
    summary: 'A news article was passed on; it is no post, so no cascade grows.',
    graph: 'none',
    facts: 'news',
    aliases: newsAliases,
    data: article,
  }),
  trending_item_view: entry({
    category: 'user_action',
    summary: 'An item of a list of trends was seen.',
    graph: 'none',
    facts: 'trending',
    data: trendingItem,
  }),
  trending_item_click: entry({
    category: 'user_action',
    summary: 'An item of a list of trends was opened.',
    graph: 'none',
    facts: 'trending',
    data: trendingItem,
  }),
  search_performed: entry({
    category: 'user_action',
    summary: 'A search was made. The text searched for is never sent, at most its hash.',
    graph: 'none',
    facts: 'search',
    data: search,
  }),
  search_result_click: entry({
    category: 'user_action',
    summary: 'A result of a search was opened.',
    graph: 'none',
    facts: 'search',
    data: search,
  }),
};

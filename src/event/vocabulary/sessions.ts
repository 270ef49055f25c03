import { z } from 'zod';
import { flatMap } from '../fields/flat-map.ts';
import { count, durationMs, fraction, measured, sizeBytes } from '../fields/number-fields.ts';
import { id, label, line } from '../fields/text-fields.ts';
import { entry } from './entry.ts';

const navigation = z.strictObject({
  path: line(2048).optional(),
  fromTab: label.optional(),
  toTab: label.optional(),
  depth: measured.min(0).optional(),
  itemsSeen: count.optional(),
});

const story = z.strictObject({ storyId: id, reaction: label.optional(), durationMs: durationMs.optional() });

const media = z.strictObject({
  mediaId: id,
  mediaType: label,
  sizeBytes: sizeBytes.optional(),
  durationMs: durationMs.optional(),
});

export const sessionEvents = {
  session_start: entry({
    category: 'user_action',
    summary: 'A visit began.',
    graph: 'none',
    facts: 'session',
    data: z.strictObject({
      deviceInfo: flatMap.optional(),
      screen: line(32).optional(),
      viewport: line(32).optional(),
      entryPath: line(2048).optional(),
    }),
  }),
  session_end: entry({
    category: 'user_action',
    summary: 'A visit ended, and what there was in it.',
    graph: 'none',
    facts: 'session',
    data: z.strictObject({
      durationMs: durationMs.optional(),
      pageViews: count.optional(),
      interactions: count.optional(),
      scrollDepth: fraction.optional(),
    }),
  }),
  page_view: entry({
    category: 'user_action',
    summary: 'A page or screen was opened.',
    graph: 'none',
    facts: 'navigation',
    data: navigation,
  }),
  tab_switch: entry({
    category: 'user_action',
    summary: 'A person went from one tab to another.',
    graph: 'none',
    facts: 'navigation',
    data: navigation,
  }),
  feed_scroll: entry({
    category: 'user_action',
    summary: 'A feed was scrolled, how far and past how many items.',
    graph: 'none',
    facts: 'navigation',
    data: navigation,
  }),
  feed_refresh: entry({
    category: 'user_action',
    summary: 'A feed was loaded anew.',
    graph: 'none',
    facts: 'navigation',
    data: navigation,
  }),
  story_view: entry({
    category: 'user_action',
    summary: 'A story was watched.',
    graph: 'none',
    facts: 'story',
    data: story,
  }),
  story_reaction: entry({
    category: 'user_action',
    summary: 'A person reacted to a story.',
    graph: 'none',
    facts: 'story',
    data: story,
  }),
  media_upload: entry({
    category: 'user_action',
    summary: 'A picture, video or sound was uploaded.',
    graph: 'none',
    facts: 'media',
    data: media,
  }),
  media_view: entry({
    category: 'user_action',
    summary: 'A picture, video or sound was opened.',
    graph: 'none',
    facts: 'media',
    data: media,
  }),
};

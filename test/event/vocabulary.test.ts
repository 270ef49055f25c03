import { z } from 'zod';
import { entryOf } from '../../src/event/envelope.ts';
import { eventNames, isEventName, vocabulary } from '../../src/event/vocabulary.ts';

const expected = `user_registered user_updated user_follow friend_request profile_view identity_linked consent_changed
  session_start session_end page_view tab_switch feed_scroll feed_refresh post_created post_share post_updated
  post_deleted comment_deleted post_view ad_impression ad_click post_like post_save post_comment post_discovered
  story_view story_reaction media_upload media_view news_article_view news_article_share trending_item_view
  trending_item_click search_performed search_result_click community_created community_join community_leave
  community_post conversation_created conversation_joined conversation_left message_sent message_delivered message_read
  message_topics_derived topic_defined experiment_exposed content_flagged moderation_action error_occurred
  performance_metric`;

test('every event there is, and no other', () => {
  expect([...eventNames].sort()).toEqual(expected.split(/\s+/).sort());
});

test('names of JavaScript’s own are no events', () => {
  expect(['constructor', 'toString', '__proto__', 'hasOwnProperty'].filter(isEventName)).toEqual([]);
});

test.each(eventNames)('%s: aliases stand for fields, data is strict, a named post may name its author', (eventName) => {
  const { data, aliases = {}, needsOneOf = [], summary } = entryOf(eventName);
  const fields = Object.keys(data.shape);
  expect(fields).toEqual(expect.arrayContaining([...Object.entries(aliases).flat(), ...needsOneOf]));
  expect(data.safeParse({ nobodysField: 1 }).error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
  expect(fields.includes('postId')).toBe(fields.includes('postAuthor'));
  expect(summary).toMatch(/\.$/);
});

test('posts, shares, follows and removals are what the graph hears of', () => {
  const heard = eventNames.filter((name) => entryOf(name).graph !== 'none');
  expect(heard).toEqual(['post_created', 'post_share', 'post_deleted', 'user_follow']);
  expect(vocabulary.post_share.graph).toBe('share');
});

test('no field of a message can hold its content', () => {
  const free = Object.entries(vocabulary.message_sent.data.shape).filter(([name, schema]) => {
    const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    return inner instanceof z.ZodString && !/Id$|^messageType$|^category$/.test(name);
  });
  expect(free).toEqual([]);
});

import { scoreValues } from '../../src/engagement/score-params.ts';
import type { Facts } from '../../src/facts/facts.ts';
import { addRange } from '../../src/project/tally/add-range.ts';

export const dayMs = 86_400_000;
export const endMs = Date.UTC(2026, 1, 1);
const days = 34;
const rangeItems = 2_000_000;

/** Few posts get most of it (by the cube of an even draw), each creator has twenty, and one viewer in a hundred is a bot. */
const fillEvents = (facts: number, posts: number) => `
  INSERT INTO events (accept_seq, accepted_at, event_id, event_name, account_id, timestamp, post_id, share_id, comment_id, action,
    duration_ms, completion, country_code, content_category, account_type, data, metadata)
  WITH
    cityHash64(number, 1) % 100 AS kind,
    pow((cityHash64(number, 2) % 1000000) / 1000000, 3) AS popular,
    number >= ${facts} AS is_made,
    number >= ${facts + posts} AS is_person
  SELECT
    number + 1,
    if(is_made, toDateTime64(${(endMs - (days + 1) * dayMs) / 1000}, 3, 'UTC'), timestamp),
    concat('event-', toString(number)),
    multiIf(is_person, 'user_registered', is_made, 'post_created', kind < 80, 'post_view', kind < 90, 'post_like', kind < 92, 'post_save',
      kind < 96, 'post_comment', kind < 98, 'post_share', 'post_discovered') AS event_name,
    multiIf(is_person, concat('person-', toString(number % 1000)), is_made, concat('maker-', toString(number % ${Math.ceil(posts / 20)})),
      concat('person-', toString(cityHash64(number, 3) % 100000))),
    if(is_made, toDateTime64(${(endMs - (days + 1) * dayMs) / 1000}, 3, 'UTC'),
      fromUnixTimestamp64Milli(toInt64(${endMs - days * dayMs} + intDiv(number * ${days * dayMs}, ${facts})), 'UTC')) AS timestamp,
    if(is_person, '', concat('post-', toString(if(is_made, number - ${facts}, toUInt64(floor(popular * ${posts})))))),
    if(event_name = 'post_share', concat('share-', toString(number)), ''),
    if(event_name = 'post_comment', concat('comment-', toString(number)), ''),
    multiIf(event_name = 'post_like', if(number % 9 = 0, 'unlike', 'like'), event_name = 'post_save', 'save', ''),
    if(event_name = 'post_view', cityHash64(number, 4) % 20000, NULL),
    if(event_name = 'post_view', (cityHash64(number, 5) % 1000) / 1000, NULL),
    'PT',
    if(is_made AND NOT is_person, concat('category-', toString(number % 12)), ''),
    if(is_person, 'bot', ''),
    '{}',
    '{}'
  FROM numbers(`;

/** Fills the facts with so many events on so many posts over 34 days, and has them counted as the service would. */
export async function fillFacts(facts: Facts, events: number, posts: number): Promise<{ countedMs: number }> {
  const all = events + posts + 1000;
  const step = 2_000_000;
  for (let from = 0; from < all; from += step) {
    await facts.command(`${fillEvents(events, posts)}${from}, ${Math.min(step, all - from)})`);
  }
  const startedAt = performance.now();
  for (let afterSeq = 0; afterSeq < all; afterSeq += rangeItems) {
    await addRange({ facts, rules: scoreValues }, { afterSeq, toSeq: Math.min(all, afterSeq + rangeItems) });
  }
  return { countedMs: performance.now() - startedAt };
}

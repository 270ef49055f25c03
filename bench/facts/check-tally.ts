import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';

const total = z.number();
const totals = z.object({
  impressions: total,
  views: total,
  likes: total,
  saves: total,
  comments: total,
  shares: total,
  watchMs: total,
});

/** What the tally keeps. Numbers of a whole database stay far below what a double holds exactly. */
const kept = {
  path: 'none',
  text: `SELECT sum(impressions) AS impressions, sum(views) AS views, sum(likes) AS likes, sum(saves) AS saves,
      sum(comments) AS comments, sum(shares) AS shares, sum(watch_ms) AS watchMs
    FROM engagement_quarters`,
  params: z.object({}),
  row: totals,
};

/** The same, counted from the facts in the plainest way: what is said last of a like or save stands. */
const counted = {
  path: 'none',
  text: `WITH
      bots AS (SELECT account_id FROM events WHERE event_name = 'user_registered' AND account_type = 'bot'),
      standing AS
      (
        SELECT event_name, argMax(action, (timestamp, event_id)) IN ('like', 'save') AS is_on
        FROM events
        WHERE event_name IN ('post_like', 'post_save') AND account_id NOT IN bots
        GROUP BY event_name, post_id, account_id
      )
    SELECT
      countIf(event_name = 'post_view') AS impressions,
      countIf(event_name = 'post_view' AND duration_ms >= 3000) AS views,
      (SELECT countIf(is_on AND event_name = 'post_like') FROM standing) AS likes,
      (SELECT countIf(is_on AND event_name = 'post_save') FROM standing) AS saves,
      countIf(event_name = 'post_comment') AS comments,
      countIf(event_name = 'post_share') AS shares,
      sumIf(duration_ms, event_name = 'post_view' AND duration_ms >= 3000) AS watchMs
    FROM events
    WHERE account_id NOT IN bots`,
  params: z.object({}),
  row: totals,
};

/** Whether what the tally keeps in all is what the facts make it, counted by other means. */
export async function isTallyRight(facts: Pick<Facts, 'select'>): Promise<boolean> {
  const [[has], [should]] = [await facts.select(kept, {}), await facts.select(counted, {})];
  const isRight = JSON.stringify(has) === JSON.stringify(should);
  if (!isRight) console.error(`the tally has ${JSON.stringify(has)} and should have ${JSON.stringify(should)}`);
  return isRight;
}

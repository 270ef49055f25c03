import { z } from 'zod';
import { scoreValues } from '../../../src/engagement/score-params.ts';
import { canonicalEvent } from '../../../src/event/canonical-event.ts';
import { checkEvent } from '../../../src/event/check-event.ts';
import type { Facts } from '../../../src/facts/facts.ts';
import { factColumns, toFactRow } from '../../../src/project/facts/fact-row.ts';
import type { PostedEvent } from '../../engagement/engagement-stores.ts';
import { numbersFrom } from '../../engagement/posts/draw-events.ts';

export const rules = scoreValues;
export const acceptedAtMs = Date.UTC(2026, 2, 20);

const firstMs = Date.UTC(2025, 11, 20);
const stretchMs = 80 * 86_400_000;
export const postIds = Array.from({ length: 6 }, (_, index) => `p${index}`);
const people = Array.from({ length: 9 }, (_, index) => `person ${index}`);

/**
 * Events of four months in no order of time: views, reactions given twice and taken back, and people who come to be
 * known as bots or test accounts, and are known as people again.
 */
export function drawTallied(seed: number, number: number): PostedEvent[] {
  const draw = numbersFrom(seed);
  return Array.from({ length: number }, (_, index) => {
    const eventId = `e${seed}-${index}`;
    const userId = people[draw(people.length)] ?? '';
    const timestamp = new Date(firstMs + Math.floor((draw(1_000_000) / 1_000_000) * stretchMs)).toISOString();
    const [eventName, data] = drawWhat(eventId, draw);
    const metadata = draw(15) === 0 ? { isInternal: true } : {};
    return { eventId, eventName, userId, timestamp, data, metadata };
  });
}

function drawWhat(eventId: string, draw: (below: number) => number): [string, PostedEvent['data']] {
  const postId = postIds[draw(postIds.length)] ?? '';
  switch (draw(20)) {
    case 0:
      return ['user_updated', { isInternal: draw(6) === 0 }];
    case 1:
      return ['user_updated', { accountType: draw(6) === 0 ? 'bot' : 'person' }];
    case 2:
      return ['user_updated', { isTestAccount: draw(6) === 0 }];
    case 3:
    case 4:
      return ['post_comment', { postId, commentId: eventId }];
    case 5:
    case 6:
      return ['post_share', { postId, shareId: `s ${eventId}` }];
    case 7:
    case 8:
    case 9:
    case 10:
      return ['post_like', { postId, action: draw(2) === 0 ? 'like' : 'unlike' }];
    case 11:
    case 12:
      return ['post_save', { postId, action: draw(2) === 0 ? 'save' : 'unsave' }];
    default:
      return ['post_view', { postId, viewDurationMs: draw(6000), completion: draw(101) / 100 }];
  }
}

/** Puts events into the facts in their order, from an accept number on. */
export async function insertFacts(facts: Facts, events: readonly PostedEvent[], afterSeq = 0): Promise<void> {
  const rows = events.map((event, index) => {
    const checked = checkEvent(event, { nowMs: acceptedAtMs });
    if (!checked.ok) throw new Error(`${event.eventId}: ${JSON.stringify(checked)}`);
    const seq = afterSeq + index + 1;
    return toFactRow(canonicalEvent(checked.event, checked.timestampMs), { seq, acceptedAtMs, digest: seq });
  });
  await facts.insert({ table: 'events', columns: factColumns, token: `rows after ${afterSeq}` }, rows);
}

const rowText = z.object({ line: z.string() });
const dumps = {
  quarters: `SELECT toString(tuple(quarter, post_id, sum(impressions) AS i, sum(views), sum(bonus_views), sum(likes) AS l, sum(saves) AS s,
      sum(comments) AS c, sum(shares) AS h, sum(watch_ms), sum(completion_millionths), sum(completions), sum(recent_weight))) AS line
    FROM engagement_quarters GROUP BY quarter, post_id HAVING (i, l, s, c, h) != (0, 0, 0, 0, 0) ORDER BY quarter, post_id`,
  days: `SELECT toString(tuple(day, post_id, sum(impressions) AS i, sum(views), sum(bonus_views), sum(likes) AS l, sum(saves) AS s,
      sum(comments) AS c, sum(shares) AS h, sum(watch_ms), sum(completion_millionths), sum(completions))) AS line
    FROM engagement_days GROUP BY day, post_id HAVING (i, l, s, c, h) != (0, 0, 0, 0, 0) ORDER BY day, post_id`,
  excluded: `SELECT toString(tuple(quarter, event_name, account_id, sum(events) AS times)) AS line
    FROM excluded_engagement GROUP BY quarter, event_name, account_id HAVING times != 0 ORDER BY quarter, event_name, account_id`,
};

/** Everything that the tally keeps, as text. */
export async function dumpTally(facts: Pick<Facts, 'select'>): Promise<Record<string, string[]>> {
  const dumped: Record<string, string[]> = {};
  for (const [name, text] of Object.entries(dumps)) {
    const rows = await facts.select({ path: name, text, params: z.object({}), row: rowText }, {});
    dumped[name] = rows.map(({ line }) => line);
  }
  return dumped;
}

import type { Analysts } from '../open-analysts.ts';
import type { Received } from './receive.ts';

/** Fills the tables of engagement with what was worked out here; a row is worth its difference to nothing. */
export async function plantEngagement(analysts: Analysts, rows: readonly Received[]): Promise<void> {
  const values = rows.map((row) => {
    const { quarterMs, postId, impressions, views, bonusViews, likes, saves, comments, shares } = row;
    const counts = [impressions, views, bonusViews, likes, saves, comments, shares];
    return `(${quarterMs / 1000}, '${postId}', ${[...counts, row.watchMs, row.completionMillionths, row.completions].join(', ')})`;
  });
  await analysts.write(
    `INSERT INTO engagement_quarters (quarter, post_id, impressions, views, bonus_views, likes, saves, comments, shares, watch_ms, completion_millionths, completions) VALUES ${values.join(', ')}`,
  );
}

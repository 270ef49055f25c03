import type { Happened } from './happened.ts';

/** How one post was received in one quarter of an hour. */
export type Received = {
  quarterMs: number;
  postId: string;
  impressions: number;
  views: number;
  bonusViews: number;
  likes: number;
  saves: number;
  comments: number;
  shares: number;
  watchMs: number;
  completionMillionths: number;
  completions: number;
};

type Counts = Omit<Received, 'quarterMs' | 'postId'>;

const nothing: Counts = {
  impressions: 0,
  views: 0,
  bonusViews: 0,
  likes: 0,
  saves: 0,
  comments: 0,
  shares: 0,
  watchMs: 0,
  completionMillionths: 0,
  completions: 0,
};
const quarterMs = 900_000;

/** The rows of engagement_quarters that these events make. */
export function receive(events: readonly Happened[]): Received[] {
  const rows = new Map<string, Received>();
  for (const { postId, atMs, counts } of [...momentary(events), ...standing(events)]) {
    const quarter = Math.floor(atMs / quarterMs) * quarterMs;
    const key = `${quarter} ${postId}`;
    const row = rows.get(key) ?? { quarterMs: quarter, postId, ...nothing };
    rows.set(key, { ...row, ...addCounts(row, counts) });
  }
  return [...rows.values()];
}

type Moment = { postId: string; atMs: number; counts: Partial<Counts> };

function addCounts(row: Counts, counts: Partial<Counts>): Counts {
  return {
    impressions: row.impressions + (counts.impressions ?? 0),
    views: row.views + (counts.views ?? 0),
    bonusViews: row.bonusViews + (counts.bonusViews ?? 0),
    likes: row.likes + (counts.likes ?? 0),
    saves: row.saves + (counts.saves ?? 0),
    comments: row.comments + (counts.comments ?? 0),
    shares: row.shares + (counts.shares ?? 0),
    watchMs: row.watchMs + (counts.watchMs ?? 0),
    completionMillionths: row.completionMillionths + (counts.completionMillionths ?? 0),
    completions: row.completions + (counts.completions ?? 0),
  };
}

function momentary(events: readonly Happened[]): Moment[] {
  return events.flatMap((event): Moment[] => {
    const { postId, atMs, name } = event;
    if (name === 'post_view') return [{ postId, atMs, counts: viewed(event) }];
    if (name === 'post_comment') return [{ postId, atMs, counts: { comments: 1 } }];
    return name === 'post_share' ? [{ postId, atMs, counts: { shares: 1 } }] : [];
  });
}

function viewed(event: Happened): Partial<Counts> {
  const watchMs = event.number('viewDurationMs') ?? 0;
  const completion = event.number('completion');
  if (watchMs < 3000) return { impressions: 1 };
  const seen = { impressions: 1, views: 1, watchMs };
  if (completion === null) return seen;
  const completionMillionths = Math.round(completion * 1e6);
  return { ...seen, bonusViews: completion > 0.8 ? 1 : 0, completions: 1, completionMillionths };
}

/** A like or save that stands counts when its run began. */
function standing(events: readonly Happened[]): Moment[] {
  const histories = new Map<string, Happened[]>();
  for (const event of events) {
    if (event.name !== 'post_like' && event.name !== 'post_save') continue;
    const key = JSON.stringify([event.name, event.who, event.postId]);
    histories.set(key, [...(histories.get(key) ?? []), event]);
  }
  return [...histories.values()].flatMap((history): Moment[] => {
    const ordered = history.toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
    const ended = ordered.findLastIndex((event) => event.text('action').startsWith('un'));
    const began = ordered[ended + 1];
    if (began === undefined) return [];
    const counts = began.name === 'post_like' ? { likes: 1 } : { saves: 1 };
    return [{ postId: began.postId, atMs: began.atMs, counts }];
  });
}

import type { PostedEvent } from '../engagement-stores.ts';

type Asked = { postIds: ReadonlySet<string>; excluded: ReadonlySet<string>; fromMs: number; toMs: number };
type Met = { kind: string; who: string; atMs: number; event: PostedEvent };

const dataOf = (event: PostedEvent, name: string) => event.data[name];
const msOf = (event: PostedEvent) => Date.parse(event.timestamp);

/** Everything that was received in a range, each engagement once and by the definitions alone. */
export function receivedOf(events: readonly PostedEvent[], asked: Asked): { met: Met[]; excluded: Met[] } {
  const all = [...plain(events, asked), ...standing(events, asked, 'like'), ...standing(events, asked, 'save')];
  const inRange = all.filter(({ atMs }) => atMs >= asked.fromMs && atMs < asked.toMs);
  const isExcluded = ({ event }: Met) => isOut(event, asked.excluded);
  return { met: inRange.filter((one) => !isExcluded(one)), excluded: inRange.filter(isExcluded) };
}

function isOut({ userId, metadata }: PostedEvent, excluded: ReadonlySet<string>): boolean {
  return excluded.has(userId) || metadata?.['isInternal'] === true;
}

function plain(events: readonly PostedEvent[], { postIds }: Asked): Met[] {
  return events.flatMap((event) => {
    const kind = kindOf(event);
    const about = String(dataOf(event, kind === 'remix' ? 'sourcePostId' : 'postId'));
    return kind === null || !postIds.has(about) ? [] : [{ kind, who: event.userId, atMs: msOf(event), event }];
  });
}

function kindOf({ eventName, data }: PostedEvent): string | null {
  if (eventName === 'post_created') return data['contentType'] === 'remix' ? 'remix' : null;
  const kinds = new Map([
    ['post_view', 'view'],
    ['post_comment', 'comment'],
    ['post_share', 'share'],
  ]);
  return kinds.get(eventName) ?? null;
}

/** What a person last did decides; it stands since the first like after the last one taken back. */
function standing(events: readonly PostedEvent[], { postIds, excluded, toMs }: Asked, name: 'like' | 'save'): Met[] {
  const ofPair = new Map<string, PostedEvent[]>();
  for (const event of events) {
    const postId = String(dataOf(event, 'postId'));
    if (event.eventName !== `post_${name}` || !postIds.has(postId) || msOf(event) >= toMs) continue;
    // What is marked as internal is no part of what the person is known to have done.
    const pair = `${postId} ${event.userId} ${isOut(event, excluded)}`;
    ofPair.set(pair, [...(ofPair.get(pair) ?? []), event]);
  }
  return [...ofPair.values()].flatMap((changes) => {
    changes.sort((one, other) => msOf(one) - msOf(other) || (one.eventId < other.eventId ? -1 : 1));
    let began: PostedEvent | null = null;
    for (const change of changes) {
      if (dataOf(change, 'action') !== name) began = null;
      else began ??= change;
    }
    return began === null ? [] : [{ kind: name, who: began.userId, atMs: msOf(began), event: began }];
  });
}

/** The counts of a post or of one of its steps. */
export function countReceived(received: readonly Met[]) {
  const of = (kind: string) => received.filter((one) => one.kind === kind);
  const watchedMs = ({ event }: Met) => Number(dataOf(event, 'viewDurationMs') ?? 0);
  const views = of('view').filter((one) => watchedMs(one) >= 3000);
  const completions = views.flatMap(({ event }) => {
    const completion = dataOf(event, 'completion');
    return typeof completion === 'number' ? [completion] : [];
  });
  return {
    impressions: of('view').length,
    views: views.length,
    uniqueViewers: new Set(views.map(({ who }) => who)).size,
    likes: of('like').length,
    comments: of('comment').length,
    shares: of('share').length,
    saves: of('save').length,
    remixes: of('remix').length,
    watchSeconds: views.reduce((sum, one) => sum + watchedMs(one), 0) / 1000,
    completionRate: completions.length === 0 ? null : mean(completions),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const weights = new Map([
  ['share', 10],
  ['save', 8],
  ['comment', 5],
  ['like', 3],
]);

/** What one engagement weighs, before recency and any boost. */
export function weightOf({ kind, event }: Met): number {
  if (kind !== 'view') return weights.get(kind) ?? 0;
  if (Number(dataOf(event, 'viewDurationMs') ?? 0) < 3000) return 0;
  return Number(dataOf(event, 'completion') ?? 0) > 0.8 ? 1.5 : 1;
}

/** The weighted score at the end of the range, before any boost. */
export function scoreOf(received: readonly Met[], toMs: number): number {
  return received.reduce((sum, one) => sum + weightOf(one) * 2 ** (-(toMs - one.atMs) / 86_400_000), 0);
}

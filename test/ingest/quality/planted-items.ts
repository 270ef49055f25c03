import { someEvent } from '../open-door.ts';

/** An item, and every word that it has to add one to. */
export type Planted = { item: unknown; counts: string[] };

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const iso = (ms: number) => new Date(ms).toISOString();

function good(eventName: string, fields: Record<string, unknown>, ...counts: string[]): Planted {
  const words = ['received', 'accepted', ...counts];
  return { item: someEvent({ eventName, ...fields }), counts: words.map((word) => `${eventName} ${word}`) };
}

function bad(name: string, item: unknown, ...counts: string[]): Planted {
  return { item, counts: ['received', 'rejected', ...counts].map((word) => `${name} ${word}`) };
}

/** The event happened so long before it is received, by a clock that is off by so much. */
function skewed(offMs: number, ...counts: string[]): () => Planted {
  return () => {
    const sentAt = iso(Date.now() + offMs);
    const fields = { timestamp: iso(Date.now() + offMs - 1000), sentAt };
    return good('post_save', { ...fields, data: { postId: 'p', action: 'save' } }, 'corrected items', ...counts);
  };
}

function late(ageMs: number, ...counts: string[]): () => Planted {
  return () => good('post_view', { timestamp: iso(Date.now() - ageMs) }, ...counts);
}

/** One maker for each way in which an item can be good, bad, skewed or late. */
export function plantedItems(): Array<() => Planted> {
  return [
    () => good('post_view', {}),
    () => good('post_like', { data: { postId: 'p', action: 'like' } }),
    late(30 * minute),
    late(2 * hour, 'late over1Hour'),
    late(3 * day, 'late over1Hour', 'late over1Day'),
    skewed(3 * minute, 'corrected within5Minutes'),
    skewed(-40 * minute, 'corrected within1Hour'),
    skewed(5 * hour, 'corrected within1Day'),
    skewed(-400 * day, 'corrected beyond1Day'),
    () => good('post_save', { data: { postId: 'p', action: 'save' }, sentAt: iso(Date.now() - 30_000) }),
    () => bad('post_view', someEvent({ data: {} }), 'missing_field /data/postId'),
    () =>
      bad('post_view', someEvent({ data: { postId: 'p', [`made up ${Math.random()}`]: 1 } }), 'unknown_field other'),
    () => bad('post_view', someEvent({ timestamp: 'yesterday' }), 'invalid_timestamp /timestamp'),
    () => bad('post_view', someEvent({ timestamp: iso(Date.now() + hour) }), 'timestamp_out_of_range /timestamp'),
    () =>
      bad('post_view', someEvent({ metadata: { extra: { [`k${Math.random()}`]: 1 } } }), 'wrong_type /metadata/extra'),
    () =>
      bad(
        'post_created',
        someEvent({ eventName: 'post_created', data: { postId: 'p', hashtags: ['a', 7] } }),
        'wrong_type /data/hashtags',
      ),
    () => bad('post_view', someEvent({ eventName: ' POST_VIEW' }), 'unknownNames', 'unknown_event_name /eventName'),
    () => bad('other', someEvent({ eventName: `n ${Math.random()}` }), 'unknownNames', 'unknown_event_name /eventName'),
    () => bad('other', someEvent({ eventName: 7 }), 'wrong_type /eventName'),
    () => bad('other', [1], 'not_an_object '),
    () => bad('other', {}, 'missing_field /eventName'),
  ];
}

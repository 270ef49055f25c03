import type { PostedEvent } from '../engagement-stores.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Who did it, when, and with what. */
export type Act = { who: string; atMs: number; platform?: string };

let made = 0;

/** One event with an id of its own; ids sort in the order in which events were planted. */
export function act(eventName: string, { who, atMs, platform }: Act, data: PostedEvent['data']): PostedEvent {
  made += 1;
  return {
    eventId: `event ${String(made).padStart(6, '0')}`,
    eventName,
    userId: who,
    timestamp: new Date(atMs).toISOString(),
    data,
    ...(platform === undefined ? {} : { metadata: { platform } }),
  };
}

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** A view that is long enough to count. */
export function watch(postId: string, by: Act, completion?: number): PostedEvent {
  const watched = { postId, viewDurationMs: 5000 };
  return act('post_view', by, completion === undefined ? watched : { ...watched, completion });
}

export function like(postId: string, by: Act): PostedEvent {
  return act('post_like', by, { postId, action: 'like' });
}

export function bot(who: string): PostedEvent {
  return act('user_registered', { who, atMs: Date.UTC(2026, 0, 1) }, { accountType: 'bot' });
}

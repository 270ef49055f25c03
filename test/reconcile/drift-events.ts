import type { Log } from '../../src/log/open-log.ts';
import { acceptInto } from '../setup/open-test-log.ts';

const startMs = Date.UTC(2026, 2, 3, 10);

/** A small world in which everything happens that events can do to posts, its ids beginning with `name`. */
export function driftEvents(name: string, cascades = 8): object[] {
  const events: object[] = [];
  const push = (event: Record<string, unknown>) => {
    const timestamp = new Date(startMs + events.length * 1000 + events.length).toISOString();
    events.push({ timestamp, eventId: `${name}-e${events.length}`, userId: `${name}-u${events.length % 7}`, ...event });
  };
  const share = (shareId: string, postId: string, more: Record<string, unknown> = {}) =>
    push({ eventName: 'post_share', data: { shareId, postId, ...more } });
  for (let root = 0; root < cascades; root += 1) {
    const id = `${name}-r${root}`;
    push({ eventName: 'post_created', data: { postId: id } });
    for (let index = 0; index < 8; index += 1) {
      const parent = index < 3 ? id : `${id}s${Math.floor((index - 1) / 2)}`;
      share(`${id}s${index}`, parent, index % 2 === 0 ? { confidence: (index + 1) / 16 } : { method: 'explicit' });
    }
    push({ eventName: 'post_like', data: { postId: id, action: 'like' } });
    push({ eventName: 'post_view', data: { postId: `${id}s1`, viewDurationMs: 4000 } });
  }
  for (let index = 0; index < 4; index += 1)
    share(`${name}-p${index}`, index === 0 ? `${name}-never` : `${name}-p${index - 1}`);
  share(`${name}-a1`, `${name}-assumed`, { rootPostId: `${name}-assumed` });
  share(`${name}-a2`, `${name}-a1`);
  share(`${name}-q1`, `${name}-q3`);
  share(`${name}-q2`, `${name}-q1`);
  share(`${name}-q3`, `${name}-q2`);
  share(`${name}-r0s1`, `${name}-r1`);
  push({ eventName: 'post_deleted', data: { postId: `${name}-r1s2` } });
  push({ eventName: 'post_deleted', data: { postId: `${name}-gone` } });
  push({ eventName: 'user_follow', data: { targetUserId: `${name}-u1`, action: 'follow' }, userId: `${name}-u2` });
  return events;
}

/** In several requests; one that would make a post of the same request once more is told so at the door, so it waits. */
export async function sendAll(log: Log, events: readonly object[], atOnce = 30): Promise<void> {
  let rest = [...events];
  while (rest.length > 0) {
    const made = new Set<string>();
    const some: object[] = [];
    const later: object[] = [];
    for (const event of rest) {
      const makes =
        /"(?:shareId|eventName":"post_created","data":{"postId)":"[^"]*"/.exec(JSON.stringify(event))?.[0] ?? '';
      if (some.length >= atOnce || made.has(makes)) later.push(event);
      else some.push(event);
      if (makes !== '') made.add(makes);
    }
    const accepted = await acceptInto(log, some);
    if (accepted !== some.length) throw new Error(`${accepted} of ${some.length} events were accepted`);
    rest = later;
  }
}

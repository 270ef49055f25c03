import type { PostedEvent } from '../engagement-stores.ts';

/** Whole numbers below a bound, the same row for the same seed (a linear congruence; its high bits are good enough). */
export function numbersFrom(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

type Draw = (below: number) => number;

const startMs = Date.UTC(2026, 1, 1);

/** Events around some posts in February 2026, in no order of time: likes given twice and taken back, views of all lengths. */
export function drawEvents(seed: number, number: number, postIds: readonly string[]): PostedEvent[] {
  const draw = numbersFrom(seed);
  return Array.from({ length: number }, (_, index) => drawEvent(`e${seed}-${index}`, draw, postIds));
}

function drawEvent(eventId: string, draw: Draw, postIds: readonly string[]): PostedEvent {
  const postId = postIds[draw(postIds.length)] ?? '';
  const [eventName, data] = drawData(eventId, postId, draw);
  const metadata = {
    ...(draw(4) === 0 ? {} : { countryCode: ['NP', 'PT', 'JP'][draw(3)] }),
    ...(draw(20) === 0 ? { isInternal: true } : {}),
  };
  const timestamp = new Date(startMs + draw(20 * 24 * 3600) * 1000 + draw(1000)).toISOString();
  return { eventId, eventName, userId: `person ${draw(12)}`, timestamp, data, metadata };
}

function drawData(eventId: string, postId: string, draw: Draw): [string, PostedEvent['data']] {
  switch (draw(7)) {
    case 0:
      return ['post_like', { postId, action: draw(3) === 0 ? 'unlike' : 'like' }];
    case 1:
      return ['post_save', { postId, action: draw(3) === 0 ? 'unsave' : 'save' }];
    case 2:
      return ['post_comment', { postId, commentId: `c ${eventId}` }];
    case 3:
      return ['post_share', { postId, shareId: `s ${eventId}` }];
    case 4:
      return [
        'post_created',
        { postId: `made ${eventId}`, contentType: ['remix', 'duet'][draw(2)], sourcePostId: postId },
      ];
    default:
      return ['post_view', { postId, ...drawWatch(draw) }];
  }
}

function drawWatch(draw: Draw): PostedEvent['data'] {
  return {
    ...(draw(5) === 0 ? {} : { viewDurationMs: [500, 2999, 3000, 8000, 60_000][draw(5)] }),
    ...(draw(3) === 0 ? {} : { completion: draw(101) / 100 }),
  };
}

/** Bodies of the accept benchmark: valid events of several kinds, about 300 bytes each, every id used once. */
export function buildBodies(bodies: number, eventsPerBody: number, run: string): Buffer[] {
  return Array.from({ length: bodies }, (_, body) => {
    const events = Array.from({ length: eventsPerBody }, (_unused, place) =>
      buildEvent(`${run}_${body}_${place}`, place),
    );
    return Buffer.from(JSON.stringify({ events }));
  });
}

function buildEvent(id: string, place: number): object {
  const person = `user_${(place * 7919) % 50_000}`;
  return {
    eventId: `evt_${id}`,
    userId: person,
    sessionId: `session_${place % 500}`,
    timestamp: new Date(Date.now() - (place % 1000)).toISOString(),
    ...(kinds[place % kinds.length] ?? view)(id, `post_${(place * 104_729) % 20_000}`),
    metadata: { platform: 'ios', appVersion: '5.1.2', countryCode: 'NP', language: 'ne', deviceType: 'phone' },
  };
}

type Kind = (id: string, postId: string) => { eventName: string; data: object };

const view: Kind = (_id, postId) => ({
  eventName: 'post_view',
  data: { postId, viewDurationMs: 5200, completion: 0.62, source: 'for_you', feedPosition: 3 },
});
const like: Kind = (_id, postId) => ({ eventName: 'post_like', data: { postId, action: 'like', source: 'following' } });
const share: Kind = (id, postId) => ({
  eventName: 'post_share',
  data: { postId, shareId: `share_${id}`, method: 'explicit' },
});
const comment: Kind = (id, postId) => ({
  eventName: 'post_comment',
  data: { postId, commentId: `comment_${id}`, length: 48 },
});
const creation: Kind = (id) => ({
  eventName: 'post_created',
  data: {
    postId: `made_${id}`,
    postType: 'video',
    category: 'music',
    durationSeconds: 31,
    hashtags: ['dance', 'nepal'],
  },
});

const kinds: Kind[] = [view, view, view, view, like, like, share, share, comment, creation];

import { between, logNormal, pickWeighted } from '../chance/draw.ts';
import type { DemoBody, PostType, Source } from '../demo-event.ts';
import type { World } from '../world/world.ts';

type Viewed = { readonly postId: string; readonly postType: PostType; readonly source: Source };

const sources = [
  { source: 'for_you', weight: 52 },
  { source: 'following', weight: 22 },
  { source: 'hashtag', weight: 8 },
  { source: 'profile', weight: 8 },
  { source: 'search', weight: 5 },
  { source: 'share', weight: 5 },
] as const;

export function pickSource({ random }: World): Source {
  return pickWeighted(random, sources).source;
}

/** Some views end before the three seconds that make them count. */
export function viewPost({ random }: World, { postId, postType, source }: Viewed): DemoBody {
  const viewDurationMs = Math.min(600_000, Math.round(logNormal(random, 8_000, 1)));
  const completion = Math.round(Math.min(1, (viewDurationMs / 20_000) * (0.4 + random())) * 100) / 100;
  const feedPosition = between(random, 0, 30);
  return { eventName: 'post_view', data: { postId, postType, viewDurationMs, completion, source, feedPosition } };
}

import { chance, pickWeighted } from '../chance/draw.ts';
import type { DemoBody } from '../demo-event.ts';
import type { World } from '../world/world.ts';

type Place = { readonly postId: string; readonly shareId: string; readonly rootPostId: string };

const methods = [
  { method: 'explicit', weight: 84 },
  { method: 'deeplink', weight: 10 },
  { method: 'exposure', weight: 4 },
  { method: 'inferred', weight: 2 },
] as const;

/** Most clients know the root and name it as a hint; some do not. What was only inferred says how sure it is. */
export function sharePost({ random }: World, { postId, shareId, rootPostId }: Place): DemoBody {
  const { method } = pickWeighted(random, methods);
  const hint = chance(random, 0.85) ? { rootPostId } : {};
  const doubt = method === 'inferred' ? { confidence: Math.round(50 + random() * 45) / 100 } : {};
  return { eventName: 'post_share', data: { postId, shareId, ...hint, method, ...doubt } };
}

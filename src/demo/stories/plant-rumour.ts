import { logNormal, poisson } from '../chance/draw.ts';
import type { World } from '../world/world.ts';
import { ordinaryPeople, plantStory } from './plant-story.ts';
import { storyPosts } from './story-posts.ts';

const spineDepth = 34;

/** Slow and deep: whoever hears it tells one person more, hours later, and sometimes another one aside. */
export function plantRumour(world: World): void {
  const aside = Math.min(4, Math.max(0.2, world.events / 40_000));
  plantStory(world, {
    content: { postId: storyPosts(world.prefix).rumour, postType: 'text', category: 'health', language: 'en' },
    manner: {
      ...ordinaryPeople,
      countShares: (random, { isSpine, depth }) => {
        if (!isSpine) return poisson(random, 0.3);
        return depth < spineDepth ? 1 + poisson(random, aside) : 0;
      },
      delayMs: (random) => logNormal(random, 4 * 3_600_000, 0.6),
      isKeptAlive: false,
    },
    shares: Math.ceil(spineDepth * (1 + aside) * 2),
    startsAt: 0.3,
  });
}

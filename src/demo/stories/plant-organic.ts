import { logNormal, poisson } from '../chance/draw.ts';
import { reach } from '../posts/publish-post.ts';
import type { World } from '../world/world.ts';
import { ordinaryPeople, plantStory } from './plant-story.ts';
import { storyPosts } from './story-posts.ts';

/** Deep and broad: people with many followers carry it on, generation after generation, until everybody has seen it. */
export function plantOrganic(world: World): void {
  const shares = Math.max(60, Math.floor(world.events * 0.08));
  plantStory(world, {
    content: { postId: storyPosts(world.prefix).organic, postType: 'video', category: 'music', language: 'en' },
    manner: {
      ...ordinaryPeople,
      countShares: (random, { depth, author }) =>
        depth === 0 ? Math.ceil(shares * 0.03) : poisson(random, 1.75 * reach(author)),
      delayMs: (random) => logNormal(random, 14 * 60_000, 1.1),
      isKeptAlive: true,
    },
    shares,
    startsAt: 0.55,
  });
}

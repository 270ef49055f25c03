import { between, chance, pickOne, pickWeighted } from '../chance/draw.ts';
import type { DemoBody, PostType } from '../demo-event.ts';
import { pickFromFeed, type World } from '../world/world.ts';

export type Content = {
  readonly postId: string;
  readonly postType: PostType;
  readonly category: string;
  readonly language: string;
};

const postTypes = [
  { postType: 'video', weight: 46 },
  { postType: 'image', weight: 26 },
  { postType: 'text', weight: 18 },
  { postType: 'article', weight: 7 },
  { postType: 'story', weight: 3 },
] as const;

const categories = ['music', 'sports', 'cooking', 'news', 'travel', 'comedy', 'science', 'gaming', 'health'] as const;
const hashtags = ['fyp', 'live', 'howto', 'summer', 'match', 'recipe', 'breaking', 'dance', 'diy', 'space'] as const;

export function drawContent({ random }: World, postId: string, language: string): Content {
  const { postType } = pickWeighted(random, postTypes);
  return { postId, postType, category: pickOne(random, categories), language };
}

function lineage(world: World) {
  const source = chance(world.random, 0.07) ? pickFromFeed(world) : undefined;
  if (source === undefined) return { contentType: 'original' } as const;
  const contentType = pickOne(world.random, ['remix', 'duet'] as const);
  return { contentType, sourcePostId: source.postId } as const;
}

function extent({ random }: World, postType: PostType) {
  if (postType === 'video') {
    const musicId = `music_${Math.floor(240 * random() ** 3)}`;
    return { durationSeconds: between(random, 5, 180), musicId, hasMedia: true };
  }
  if (postType === 'image' || postType === 'story') return { hasMedia: true };
  return { contentLength: between(random, 20, postType === 'article' ? 9_000 : 400), hasMedia: false };
}

export function createPost(world: World, content: Content): DemoBody {
  const tags = new Set([content.category, pickOne(world.random, hashtags), pickOne(world.random, hashtags)]);
  return {
    eventName: 'post_created',
    data: { ...content, ...lineage(world), ...extent(world, content.postType), hashtags: [...tags] },
  };
}

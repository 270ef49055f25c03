export type StoryPosts = { readonly organic: string; readonly burst: string; readonly rumour: string };

/** The root posts of the three stories that every demo tells. */
export function storyPosts(prefix = ''): StoryPosts {
  return { organic: `${prefix}story-organic`, burst: `${prefix}story-burst`, rumour: `${prefix}story-rumour` };
}

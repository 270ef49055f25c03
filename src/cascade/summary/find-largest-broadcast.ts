import type { Facts } from '../../facts/facts.ts';
import type { Reply } from '../desk/messages.ts';
import { pickPosts } from '../pick/pick-posts.ts';

type Deps = { facts: Pick<Facts, 'select'> };

/** Of the posts with most direct shares the first by id. The root of one post needs no lookup. */
export async function findLargestBroadcast(deps: Deps, of: Reply<'shape'>, broadcasters: Uint32Array): Promise<string> {
  if (of.posts === 1) return of.rootId;
  const total = broadcasters.length;
  const ranked = { posts: of.posts, total, seqs: broadcasters, values: new Float64Array(total) };
  const [first] = await pickPosts(deps, of, { ...ranked, shown: {} }, { limit: 0, after: null, by: 'postId' });
  if (first === undefined) throw new Error(`lineage of ${of.rootId} has none of the posts that were measured`);
  return first.post.postId;
}

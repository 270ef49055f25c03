import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { Cascade } from '../columns/cascade-cache.ts';
import type { Shape } from '../shape/measure-shape.ts';

export const findLargestBroadcastStatement = statement('clickhouse/cascade/find-largest-broadcast.sql', {
  params: z.object({ rootId: z.string(), generation: z.number(), posts: z.number(), shares: z.number() }),
  row: z.object({ postId: z.string() }),
});

type Deps = { facts: Pick<Facts, 'select'> };

/** The post with most direct shares, of several the first by id; kept with the cascade until it has more posts. */
export async function findLargestBroadcast({ facts }: Deps, cascade: Cascade, shape: Shape): Promise<string> {
  const { rootId, generation } = cascade;
  const { size: posts, mostDirectShares: shares } = shape;
  if (posts === 1) return rootId;
  if (cascade.largestBroadcast?.posts === posts) return cascade.largestBroadcast.postId;
  const [found] = await facts.select(findLargestBroadcastStatement, { rootId, generation, posts, shares });
  if (found === undefined) throw new Error(`lineage of ${rootId} has no post with ${shares} direct shares`);
  cascade.largestBroadcast = { posts, postId: found.postId };
  return found.postId;
}

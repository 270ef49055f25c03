import { plantEvents } from '../world/plant-events.ts';
import { type Post, readWorld, type World } from '../world/read-world.ts';
import { distinct, groupBy, type Recipe, timeOf } from './tools.ts';

const post = 'p1';
/** The deepest share of all that is planted. */
const share = [...readWorld(plantEvents()).posts.values()].toSorted((a, b) => b.depth - a.depth)[0]?.id ?? '';

function sharesOf({ posts }: World, root: string): Post[] {
  return [...posts.values()].filter(({ root: of, depth }) => of === root && depth > 0);
}

function findPost({ posts }: World, id: string): Post {
  const found = posts.get(id);
  if (found === undefined) throw new Error(`${id} was not planted`);
  return found;
}

function pathTo(world: World, id: string): string[] {
  const { parent } = findPost(world, id);
  return parent === '' ? [id] : [...pathTo(world, parent), id];
}

export const spreading: Readonly<Record<string, Recipe>> = {
  'Total shares of an original post': {
    params: { post },
    recount: (world) => [{ shares: sharesOf(world, post).length }],
  },
  'Shares by depth': {
    params: { post },
    recount: (world) =>
      groupBy(sharesOf(world, post), ({ depth }) => String(depth).padStart(4, '0')).map(([depth, shares]) => ({
        depth: Number(depth),
        shares: shares.length,
        accounts: distinct(shares.map(({ author }) => author)),
        first_at: timeOf(Math.min(...shares.map(({ atMs }) => atMs))),
      })),
  },
  'The original poster and the time of the post': {
    params: { share },
    recount: (world) => {
      const { id, author, atMs } = findPost(world, findPost(world, share).root);
      return [{ post_id: id, author_id: author, created_at: timeOf(atMs) }];
    },
  },
  'The share path of one share': {
    params: { share },
    recount: (world) => [{ depth: findPost(world, share).depth, share_path: pathTo(world, share).join('/') }],
  },
  'The largest cascades': {
    recount: (world) =>
      [...world.posts.values()]
        .filter(({ depth }) => depth === 0)
        .map((root) => {
          const shares = sharesOf(world, root.id);
          return {
            post_id: root.id,
            author_id: root.author,
            shares: shares.length,
            depth: Math.max(0, ...shares.map(({ depth }) => depth)),
            accounts: distinct([root.author, ...shares.map(({ author }) => author)]),
            category: root.category,
          };
        })
        .toSorted((a, b) => b.shares - a.shares || (a.post_id < b.post_id ? -1 : 1))
        .slice(0, 5),
  },
};

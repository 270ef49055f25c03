import { z } from 'zod';
import { lineageColumns } from '../../../src/project/lineage/cascade-place.ts';
import { readRecipes } from '../../docs/read-recipes.ts';
import type { EngagementStores, PostedEvent } from '../engagement-stores.ts';

/** An answer of the API, which must be one. */
export async function ask<S extends z.ZodType>(
  stores: EngagementStores,
  path: string,
  schema: S,
): Promise<z.output<S>> {
  const { status, body } = await stores.get(path);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return schema.parse(body);
}

const recipes = new Map(readRecipes('analysts.md'));

/** The rows of a recipe of the page for analysts, by its heading. */
export async function askRecipe(
  { facts }: EngagementStores,
  heading: string,
  params: Readonly<Record<string, string>> = {},
): Promise<Array<Record<string, unknown>>> {
  const text = recipes.get(heading);
  if (text === undefined) throw new Error(`the page for analysts has no "${heading}"`);
  return facts.select({ path: heading, text, params: z.looseObject({}), row: z.looseObject({}) }, params);
}

type Place = { rootId: string; seq: number; depth: number };

/** Puts posts and shares into lineage, as the mirror of the graph does once they are linked; parents come first. */
export async function linkPosts({ facts }: EngagementStores, events: readonly PostedEvent[]): Promise<void> {
  const places = new Map<string, Place>();
  const sizes = new Map<string, number>();
  const rows = events
    .filter(({ eventName }) => eventName === 'post_created' || eventName === 'post_share')
    .map(({ eventName, userId, timestamp, data }, index) => {
      const isShare = eventName === 'post_share';
      const postId = String(isShare ? data['shareId'] : data['postId']);
      const parentId = isShare ? String(data['postId']) : '';
      const parent = places.get(parentId);
      const rootId = parent?.rootId ?? postId;
      const seq = sizes.get(rootId) ?? 0;
      const depth = parent === undefined ? 0 : parent.depth + 1;
      places.set(postId, { rootId, seq, depth });
      sizes.set(rootId, seq + 1);
      const at = timestamp.replace('T', ' ').replace('Z', '');
      // Places of accounts are those of their posts: nothing that is asked here counts the accounts of a cascade by them.
      return [rootId, 0, seq, postId, parentId, parent?.seq ?? 0, depth, userId, seq, at, index + 1, index + 1];
    });
  await facts.insert({ table: 'lineage', columns: lineageColumns, token: 'linked' }, rows);
}

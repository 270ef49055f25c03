import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { type CascadePlaces, emptyPlaces } from './cascade-place.ts';
import type { LinkedPost } from './linked-posts.ts';

export const findCascadeStatesStatement = statement('clickhouse/project/find-cascade-states.sql', {
  params: z.object({ rootIds: z.array(z.string()) }),
  row: z.object({ rootId: z.string(), generation: z.number(), posts: z.number(), accounts: z.number() }),
});
export const findPlacesStatement = statement('clickhouse/project/find-places.sql', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: z.object({ postId: z.string(), rootId: z.string(), generation: z.number(), seq: z.number() }),
});
export const findAccountOrdsStatement = statement('clickhouse/project/find-account-ords.sql', {
  params: z.object({ rootIds: z.array(z.string()), accountIds: z.array(z.string()) }),
  row: z.object({ rootId: z.string(), generation: z.number(), accountId: z.string(), accountOrd: z.number() }),
});

type Deps = { facts: Facts };

/**
 * The places the mirror has given, by cascade: cascades begun in this process whole, others as far as they were needed.
 * The least recently used cascades are forgotten beyond a number of places and looked up again when needed.
 */
export type PlacesMemory = Map<string, CascadePlaces>;

/** Makes sure that every parent and account of these posts can be found in memory. */
export async function recallPlaces({ facts }: Deps, memory: PlacesMemory, posts: readonly LinkedPost[]): Promise<void> {
  await recallCascades(facts, memory, posts);
  const partial = posts.filter((post) => memory.get(post.rootId)?.complete === false);
  if (partial.length === 0) return;
  await recallParents(facts, memory, partial);
  await recallAccounts(facts, memory, partial);
}

async function recallCascades(facts: Facts, memory: PlacesMemory, posts: readonly LinkedPost[]): Promise<void> {
  const rootIds = [...new Set(posts.map((post) => post.rootId))];
  const unknown = rootIds.filter((rootId) => !memory.has(rootId));
  const states = unknown.length === 0 ? [] : await facts.select(findCascadeStatesStatement, { rootIds: unknown });
  const known = new Map(states.map((state) => [state.rootId, state]));
  for (const rootId of rootIds) {
    const state = known.get(rootId);
    const cascade = memory.get(rootId) ?? emptyPlaces(state?.generation ?? 0);
    if (!memory.has(rootId) && state !== undefined && state.posts > 0) {
      Object.assign(cascade, { posts: state.posts, accounts: state.accounts, complete: false });
    }
    // Set again, so that the map stays in order of last use.
    memory.delete(rootId);
    memory.set(rootId, cascade);
  }
}

async function recallParents(facts: Facts, memory: PlacesMemory, posts: readonly LinkedPost[]): Promise<void> {
  const postIds = new Set<string>();
  for (const { parentId, rootId } of posts) {
    if (parentId !== null && !memory.get(rootId)?.seqOf.has(parentId)) postIds.add(parentId);
  }
  if (postIds.size === 0) return;
  for (const place of await facts.select(findPlacesStatement, { postIds: [...postIds] })) {
    const cascade = memory.get(place.rootId);
    if (cascade?.generation === place.generation) cascade.seqOf.set(place.postId, place.seq);
  }
}

async function recallAccounts(facts: Facts, memory: PlacesMemory, posts: readonly LinkedPost[]): Promise<void> {
  const rootIds = new Set<string>();
  const accountIds = new Set<string>();
  for (const { accountId, rootId } of posts) {
    if (memory.get(rootId)?.ordOf.has(accountId ?? '')) continue;
    rootIds.add(rootId);
    accountIds.add(accountId ?? '');
  }
  if (rootIds.size === 0) return;
  const params = { rootIds: [...rootIds], accountIds: [...accountIds] };
  for (const row of await facts.select(findAccountOrdsStatement, params)) {
    const cascade = memory.get(row.rootId);
    if (cascade?.generation === row.generation) cascade.ordOf.set(row.accountId, row.accountOrd);
  }
}

export function forgetOldest(memory: PlacesMemory, maxPlaces: number): void {
  let places = 0;
  for (const cascade of memory.values()) places += cascade.seqOf.size + cascade.ordOf.size;
  for (const [rootId, cascade] of memory) {
    if (places <= maxPlaces) return;
    places -= cascade.seqOf.size + cascade.ordOf.size;
    memory.delete(rootId);
  }
}

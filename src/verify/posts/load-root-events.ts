import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { stretches } from '../facts/check-in-store.ts';
import { pageGraphPosts } from '../graph/graph-posts.ts';
import { pageLineage } from '../lineage/lineage-rows.ts';
import type { VerifyDeps } from '../verify-deps.ts';
import { addLetters, type Letter } from './load-events.ts';
import { fromRow, postEventRow } from './post-event.ts';
import type { StandingEvents } from './standing-events.ts';
import { walkPosts } from './walk-posts.ts';

export const loadRootPostsStatement = statement('clickhouse/verify/load-root-posts.sql', {
  params: z.object({ rootId: z.string(), firstSeq: z.number(), lastSeq: z.number() }),
  row: postEventRow,
});
export const findPostEventsStatement = statement('clickhouse/verify/find-post-events.sql', {
  params: z.object({ postIds: z.array(z.string()), parentIds: z.array(z.string()), lastSeq: z.number() }),
  row: postEventRow,
});

type Asked = { rootId: string; letters: readonly Letter[]; lastSeq: number };

/** Which posts' own events, and which posts' shares, have been asked for. */
type Asking = { own: Set<string>; below: Set<string> };

/**
 * The events of one cascade. Lineage and the graph only say where to begin; then the events themselves are followed, up to
 * every parent and down to every share, until nothing new is named.
 */
export async function loadRootEvents(deps: VerifyDeps, standing: StandingEvents, asked: Asked): Promise<void> {
  const { rootId, letters, lastSeq } = asked;
  const asking: Asking = { own: new Set([rootId]), below: new Set([rootId]) };
  for (const part of stretches(1, lastSeq, deps.limits.factsAtOnce)) {
    for (const row of await deps.facts.select(loadRootPostsStatement, { rootId, ...part })) {
      standing.add(fromRow(row));
    }
  }
  addLetters(standing, letters);
  for await (const page of pageLineage(deps, rootId, Number.MAX_SAFE_INTEGER)) {
    for (const { postId } of page) {
      standing.table.place(postId);
      asking.own.add(postId);
      asking.below.add(postId);
    }
  }
  for await (const page of pageGraphPosts(deps, rootId)) for (const { id } of page) standing.table.place(id);
  await follow(deps, standing, asking, asked);
}

async function follow(deps: VerifyDeps, standing: StandingEvents, asking: Asking, asked: Asked): Promise<void> {
  const { table } = standing;
  for (;;) {
    const places = walkPosts(table);
    const root = table.find(asked.rootId);
    const own: string[] = [];
    const below: string[] = [];
    for (let place = 0; place < table.size; place += 1) {
      const id = table.id(place);
      if (table.kind.get(place) === 0 && !asking.own.has(id)) own.push(id);
      if (places.root[place] === root && !asking.below.has(id)) below.push(id);
    }
    if (own.length + below.length === 0) return;
    for (const id of own) asking.own.add(id);
    for (const id of below) asking.below.add(id);
    await ask(deps, standing, { own, below }, asked.lastSeq);
  }
}

async function ask(
  { facts, limits, onProgress }: VerifyDeps,
  standing: StandingEvents,
  { own, below }: { own: string[]; below: string[] },
  lastSeq: number,
): Promise<void> {
  const size = limits.idsAtOnce;
  for (let from = 0; from < Math.max(own.length, below.length); from += size) {
    const postIds = own.slice(from, from + size);
    const parentIds = below.slice(from, from + size);
    for (const row of await facts.select(findPostEventsStatement, { postIds, parentIds, lastSeq }))
      standing.add(fromRow(row));
    onProgress(`events named one by one: ${Math.min(from + size, Math.max(own.length, below.length))}`);
  }
}

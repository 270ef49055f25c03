import type { Facts } from '../../facts/facts.ts';
import { findExtent } from '../desk/find-extent.ts';
import type { Extent } from '../desk/messages.ts';
import type { Cascades } from '../open-cascades.ts';
import { findPlaceStatement } from '../read-post.ts';

/** Only what was there at a time (epoch milliseconds), only what is below a post, itself included; null for all. */
export type AskedPart = { atMs: number | null; postId: string | null };

/** Posts of one generation of a cascade, which never change: those whose bits are set, or all where `members` is empty. */
export type Part = Extent & { members: string; topSeq: number; count: number };

type Deps = { facts: Pick<Facts, 'select'>; cascades: Pick<Cascades, 'ask'> };

/** The lineage of a cascade can be written anew while its place, extent and columns are read. */
const mostTries = 5;

/** The part that is asked for; null where its top is not in this cascade, or was not there yet. */
export async function findPart(deps: Deps, extent: Extent, asked: AskedPart): Promise<Part | null> {
  const isWhole = asked.atMs === null && (asked.postId === null || asked.postId === extent.rootId);
  if (isWhole) return { ...extent, members: '', topSeq: 0, count: extent.posts };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const found = await tryPart(deps, extent.rootId, asked);
    if (found !== 'moved') return found;
  }
  throw new Error(`the lineage of ${JSON.stringify(extent.rootId)} is written anew again and again`);
}

async function tryPart(deps: Deps, rootId: string, { atMs, postId }: AskedPart): Promise<Part | null | 'moved'> {
  const top = await findTop(deps, rootId, postId);
  if (top === null) return null;
  // After the place, so that the columns reach it.
  const extent = await findExtent(deps, rootId);
  if (extent === null) return 'moved';
  const { generation, posts, answer } = await deps.cascades.ask(extent, 'members', { fromSeq: top.seq, atMs });
  if (top.generation !== null && top.generation !== generation) return 'moved';
  const { members, count } = answer;
  if (count === 0) return null;
  const bits = Buffer.from(members.buffer, members.byteOffset, members.byteLength).toString('base64');
  return { rootId, generation, posts, members: bits, topSeq: top.seq, count };
}

type Top = { generation: number | null; seq: number };

async function findTop({ facts }: Deps, rootId: string, postId: string | null): Promise<Top | null> {
  if (postId === null || postId === rootId) return { generation: null, seq: 0 };
  const [place] = await facts.select(findPlaceStatement, { postId, rootId });
  return place ?? null;
}

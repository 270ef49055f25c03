import type { GraphChange, PostChange, ShareChange } from '../../src/project/linking/graph-change.ts';
import type { Node } from './tree.ts';

export const startMs = Date.UTC(2026, 0, 1, 12);

/** An original post, `afterMs` after the start of these tests' time. */
export function post(postId: string, authorId: string, afterMs = 0): PostChange {
  return { kind: 'post', acceptSeq: nextSeq(), eventId: postId, postId, authorId, createdAt: startMs + afterMs };
}

type Share = { of: string; by: string; afterMs: number; rootHint?: string };

export function share(postId: string, { of, by, afterMs, rootHint }: Share): ShareChange {
  const createdAt = startMs + afterMs;
  const whence = { parentId: of, rootHint: rootHint ?? null, method: null, confidence: null };
  return { kind: 'share', acceptSeq: nextSeq(), eventId: postId, postId, authorId: by, createdAt, ...whence };
}

export function removal(postId: string, afterMs: number): GraphChange {
  return { kind: 'removal', acceptSeq: nextSeq(), postId, at: startMs + afterMs };
}

/** A whole tree as events, the root first; the post at a place is called `prefix` and that place. */
export function changesOf(nodes: readonly Node[], prefix: string): GraphChange[] {
  return nodes.map(({ parent, timeMs, account }, place) => {
    const id = `${prefix}${place}`;
    if (parent < 0) return post(id, `account${account}`, timeMs);
    return share(id, { of: `${prefix}${parent}`, by: `account${account}`, afterMs: timeMs });
  });
}

let lastSeq = 0;

function nextSeq(): number {
  lastSeq += 1;
  return lastSeq;
}

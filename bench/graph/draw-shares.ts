import { randomUUID } from 'node:crypto';
import type { ShareChange } from '../../src/project/linking/graph-change.ts';

export type Share = {
  id: string;
  parentId: string;
  rootId: string;
  depth: number;
  authorId: string;
  at: number;
  seq: number;
};

/** `tree`: the parent is drawn from the posts before, so that most parents are in the same batch. `star`: all of the root. */
export type Form = 'tree' | 'chain' | 'star';

const parentPlace: Record<Form, (index: number) => number> = {
  tree: (index) => Math.floor(Math.random() * index * 1.02),
  chain: (index) => index - 1,
  star: () => -1,
};

/** Shares of one new root, parents first; where the drawn place is nobody's the root is the parent. */
export function drawShares(count: number, form: Form = 'tree'): Share[] {
  const root = `bench-${randomUUID()}`;
  const shares: Share[] = [];
  for (let index = 0; index < count; index += 1) {
    const parent = shares[parentPlace[form](index)];
    shares.push({
      id: `${root}-${index}`,
      parentId: parent?.id ?? root,
      rootId: root,
      depth: (parent?.depth ?? 0) + 1,
      authorId: `bench-account-${Math.floor(Math.random() * 50_000)}`,
      at: Date.now() + index,
      seq: index + 1,
    });
  }
  return shares;
}

export function toChange(share: Share): ShareChange {
  return {
    kind: 'share',
    acceptSeq: share.seq,
    eventId: share.id,
    postId: share.id,
    parentId: share.parentId,
    authorId: share.authorId,
    createdAt: share.at,
    rootHint: null,
    method: null,
    confidence: null,
  };
}

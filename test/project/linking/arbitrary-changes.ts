import fc from 'fast-check';
import type { GraphChange } from '../../../src/project/linking/graph-change.ts';

const startAt = Date.UTC(2026, 0, 1);

type Node = { parent: number; hint: boolean; at: number };

/**
 * Sets of changes that do not contradict each other: a forest of posts where some parents never come, some shares name
 * their parent as the root, and the last posts may close a ring. Times are free, so shares may be older than parents.
 */
export const arbitraryChanges: fc.Arbitrary<GraphChange[]> = fc
  .record({
    nodes: fc.array(
      fc.record({
        parent: fc.integer({ min: -1, max: 40 }),
        hint: fc.boolean(),
        at: fc.integer({ min: 0, max: 5000 }),
      }),
      { minLength: 1, maxLength: 24 },
    ),
    removals: fc.array(fc.record({ post: fc.nat(23), at: fc.nat(1000) }), { maxLength: 3 }),
  })
  .map(({ nodes, removals }) => [
    ...nodes.map(toChange),
    ...removals.map(({ post, at }, index) => ({
      kind: 'removal' as const,
      acceptSeq: nodes.length + index + 1,
      postId: `p${post}`,
      at: startAt + at,
    })),
  ]);

/** A parent number beyond the list is a post that never comes; above the own number it may be part of a ring. */
function toChange(node: Node, index: number): GraphChange {
  const base = {
    acceptSeq: index + 1,
    eventId: `e${index}`,
    postId: `p${index}`,
    authorId: `a${index % 5}`,
    createdAt: startAt + node.at,
  };
  if (node.parent === -1 || node.parent === index) return { kind: 'post', ...base };
  const parentId = `p${node.parent}`;
  return { kind: 'share', ...base, parentId, rootHint: node.hint ? parentId : null, method: null, confidence: null };
}

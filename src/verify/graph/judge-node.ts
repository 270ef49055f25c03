import { hashId } from '../../event/hash-id.ts';
import { type Expected, rootIdOf } from '../posts/expected.ts';
import { kinds } from '../posts/post-table.ts';
import { stateName, states } from '../posts/walk-posts.ts';
import type { GraphPost } from './graph-posts.ts';

/** Whether a node says of its post what the standing event says. */
export function judgeNode(expected: Expected, place: number, post: GraphPost): void {
  const { look, standing } = expected;
  const { table } = standing;
  const stands = table.kind.get(place) !== kinds.named;
  const { h1, h2 } = hashId(post.id);
  const wanted = {
    acceptSeq: stands ? table.acceptSeq.get(place) : null,
    authorId: stands ? table.accountOf(place) : null,
    createdAt: stands ? table.at.get(place) : null,
    event: stands ? table.eventHash.get(place) : null,
    removedAt: table.removedAt.get(place) ?? null,
    h1,
    h2,
  };
  const { acceptSeq, authorId, createdAt, removedAt } = post;
  const event = acceptSeq === null ? null : hashId(post.eventId ?? post.id).h1;
  const found = { acceptSeq, authorId, createdAt, event, removedAt, h1: post.h1, h2: post.h2 };
  look.look('every event that makes a post is one node');
  compare(expected, 'every event that makes a post is one node', post.id, [wanted, found]);
  look.look('every post has its author');
  const authors = stands ? [table.accountOf(place)] : [];
  compare(expected, 'every post has its author', post.id, [{ authors }, { authors: post.authors }]);
}

/** Whether its state, root and depth are those that follow from the events. */
export function judgePlace(expected: Expected, place: number, post: GraphPost): void {
  const { look, standing, places } = expected;
  const state = places.state[place] ?? states.unknown;
  const isShare = standing.table.kind.get(place) === kinds.share;
  const parentId = isShare ? standing.table.id(standing.table.parent.get(place)) : null;
  look.look('states follow from the events');
  compare(expected, 'states follow from the events', post.id, [
    {
      state: stateName(state),
      assumed: places.assumed[place] === 1,
      waitsFor: state === states.pending ? parentId : null,
      claimedParentId: state === states.quarantined ? parentId : null,
    },
    { state: post.state, assumed: post.assumed, waitsFor: post.waitsFor, claimedParentId: post.claimedParentId },
  ]);
  look.look('root and depth follow from the parents');
  const depth = places.depth[place] ?? -1;
  compare(expected, 'root and depth follow from the parents', post.id, [
    { root: rootIdOf(expected, place), depth: depth < 0 ? null : depth },
    { root: post.rootId, depth: post.depth },
  ]);
}

/** Whether its edge is the one its event asks for. */
export function judgeEdge(expected: Expected, place: number, post: GraphPost): void {
  const { look, standing, places } = expected;
  const { table } = standing;
  const state = places.state[place];
  const hasEdge = table.kind.get(place) === kinds.share && state !== states.quarantined;
  const parents = hasEdge ? [table.id(table.parent.get(place))] : [];
  look.look('a post has at most one edge to a parent');
  if (post.edges.length > 1) {
    look.suspect('a post has at most one edge to a parent', post.id, 'at most 1', post.edges.length);
  }
  look.look('every edge goes where its event says');
  const found = [...new Set(post.edges.map((edge) => edge.parentId))].sort();
  compare(expected, 'every edge goes where its event says', post.id, [{ parents }, { parents: found }]);
  if (!hasEdge) return;
  const confidence = table.confidence.get(place);
  const weight = {
    at: table.at.get(place),
    method: table.word(table.method.get(place)),
    confidence: Number.isNaN(confidence) ? null : confidence,
    rootHint: table.word(table.hint.get(place)),
  };
  for (const { at, method, confidence: weighed, rootHint } of post.edges) {
    look.look('edges carry the weight of their event');
    const carried = { at, method, confidence: weighed, rootHint };
    compare(expected, 'edges carry the weight of their event', post.id, [weight, carried]);
  }
}

type Pair = [Record<string, unknown>, Record<string, unknown>];

/** Notes only what differs, by name. */
function compare(
  { look }: Expected,
  check: Parameters<Expected['look']['suspect']>[0],
  id: string,
  [wanted, found]: Pair,
): void {
  const names = Object.keys(wanted).filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(found[name]));
  if (names.length === 0) return;
  const say = (values: Record<string, unknown>) =>
    names.map((name) => `${name} ${JSON.stringify(values[name])}`).join(', ');
  look.suspect(check, id, say(wanted), say(found));
}

import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { epochMs, timeSchema } from '../../query/times.ts';
import { AccountSpreader, PostSpreader, ShareItem, SubtreeItem } from '../answers.ts';
import { atQuery } from '../at-query.ts';
import { noCascade, noCascadeReply, noPost, noPostReplies } from '../cascade-problems.ts';
import type { RootDeps } from '../find-root.ts';
import type { RankPosition } from '../pick/pick-posts.ts';
import { listShares } from './list-shares.ts';
import { listSubtree } from './list-subtree.ts';
import { readAccountSpreaders, readPostSpreaders } from './read-spreaders.ts';

const Position = z.object({ value: z.number(), id: z.string() });
const postParams = z.object({ postId: z.string().min(1).max(128) });
const asOf = { asOf: timeSchema };

/** The search is part of a list's name, so that a page is never continued under another order or time. */
function listName(kind: string, id: string, search: object): string {
  return `${kind} ${id} ${JSON.stringify(search)}`;
}

type Page<Item> = { items: Item[]; total: number; next: RankPosition | null; asOf: string };

function pageReply<Item>(url: string, list: string, page: Page<Item>) {
  const { items, total } = page;
  const reply = listReply(url, { list, items, total, next: page.next ?? undefined });
  return { ...reply, body: { ...reply.body, asOf: page.asOf } };
}

export const listSharesRoute = route<RootDeps>()({
  method: 'GET',
  path: '/v1/posts/{postId}/shares',
  operationId: 'listShares',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'The direct shares of one post, each with what it got itself; the earliest or the largest first.',
  params: postParams,
  query: z.object({ ...listQuery, ...atQuery, order: z.enum(['time', 'subtree']).default('time') }),
  replies: {
    200: { description: 'One page.', schema: listBody(ShareItem).extend(asOf).meta({ id: 'DirectShareList' }) },
    ...noPostReplies,
  },
  answer: async (deps, { params: { postId }, query, url }) => {
    const { limit, cursor, ...search } = query;
    const list = listName('shares', postId, search);
    const after = readCursor(list, Position, cursor) ?? null;
    const page = await listShares(deps, postId, { order: search.order, atMs: epochMs(search.at), limit, after });
    if (page.kind !== 'found') throw noPost(postId, page);
    return pageReply(url, list, page);
  },
});

const subtreeRule =
  'The posts with most below them first, ties by post id in byte order; `total` counts those within `maxDepth`. What is not on the page is counted in `collapsed` of the post it stands below: ask for the next page, or for the subtree of that post.';

export const listSubtreeRoute = route<RootDeps>()({
  method: 'GET',
  path: '/v1/posts/{postId}/subtree',
  operationId: 'listSubtree',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'A post and the largest subtrees below it, for drawing; what is left out is counted where it hangs.',
  params: postParams,
  query: z.object({
    ...listQuery,
    ...atQuery,
    maxDepth: z
      .number()
      .int()
      .min(0)
      .optional()
      .meta({ description: 'How many steps below the post; all of them without.' }),
  }),
  replies: {
    200: {
      description: 'One page, the post itself first.',
      schema: listBody(SubtreeItem)
        .extend({ rule: z.string(), ...asOf })
        .meta({ id: 'Subtree' }),
    },
    ...noPostReplies,
  },
  answer: async (deps, { params: { postId }, query, url }) => {
    const { limit, cursor, ...search } = query;
    const list = listName('subtree', postId, search);
    const after = readCursor(list, Position, cursor) ?? null;
    const { maxDepth = Number.MAX_SAFE_INTEGER, at } = search;
    const page = await listSubtree(deps, postId, { maxDepth, atMs: epochMs(at), limit, after });
    if (page.kind !== 'found') throw noPost(postId, page);
    const reply = pageReply(url, list, page);
    return { ...reply, body: { ...reply.body, rule: subtreeRule } };
  },
});

const measures = ['descendants', 'direct', 'shapley', 'firstHour', 'betweenness'] as const;

export const listSpreadersRoute = route<RootDeps>()({
  method: 'GET',
  path: '/v1/cascades/{rootPostId}/spreaders',
  operationId: 'listSpreaders',
  scope: 'cascades:read',
  tags: ['cascades'],
  summary: 'Who carried a cascade: its posts or its accounts by what hangs on them, those with nothing left out.',
  description:
    '`descendants`: posts below. `direct`: direct shares. `shapley`: every post shared evenly by itself and those above it. `firstHour`: posts below made within an hour of the root. `betweenness`: pairs of other posts whose path leads through the post (posts only). Ties by id in byte order.',
  params: z.object({ rootPostId: z.string().min(1).max(128) }),
  query: z.object({
    ...listQuery,
    ...atQuery,
    by: z.enum(measures).default('descendants'),
    of: z.enum(['posts', 'accounts']).default('posts'),
  }),
  replies: {
    200: {
      description: 'One page.',
      schema: listBody(z.union([PostSpreader, AccountSpreader]))
        .extend(asOf)
        .meta({ id: 'SpreaderList' }),
    },
    400: { description: 'measure_of_posts: betweenness is not a measure of accounts' },
    404: noCascadeReply,
  },
  answer: async (deps, { params: { rootPostId }, query, url }) => {
    const { limit, cursor, ...search } = query;
    const { by, of } = search;
    const list = listName('spreaders', rootPostId, search);
    const cut = { atMs: epochMs(search.at), limit, after: readCursor(list, Position, cursor) ?? null };
    const page =
      of === 'accounts'
        ? await readAccountSpreaders(deps, rootPostId, { by: measureOfAccounts(by), ...cut })
        : await readPostSpreaders(deps, rootPostId, { by, ...cut });
    if (page.kind !== 'found') throw noCascade(rootPostId, page);
    return pageReply<z.output<typeof PostSpreader> | z.output<typeof AccountSpreader>>(url, list, page);
  },
});

function measureOfAccounts(by: (typeof measures)[number]) {
  if (by !== 'betweenness') return by;
  const message = 'betweenness belongs to one post: ask for it with of=posts.';
  throw problem(400, 'measure_of_posts', message, {
    errors: [{ pointer: '/query/by', code: 'measure_of_posts', message }],
  });
}

import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { problem } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { AccountBody, SpreadItem, SpreadWalk } from './account-answers.ts';
import type { DescendantLimits } from './count-descendants.ts';
import { type Direction, listSpread, type SpreadDeps, SpreadPosition, type WalkLimits } from './list-spread.ts';
import { type AccountDeps, readAccount } from './read-account.ts';

export type AccountLimits = DescendantLimits & WalkLimits;

const params = z.object({ accountId: z.string().min(1).max(300) });
const notFoundReply = { description: 'account_not_found' };

/** All reads of accounts. */
export function accountRoutes(limits: AccountLimits): Array<Route<AccountDeps>> {
  return [
    readAccountRoute(limits),
    listSpreadRoute('amplifiers', 'Who spread the posts of an account, most shares first.', limits),
    listSpreadRoute('amplified', 'Whom an account spreads, most posts first.', limits),
  ];
}

function readAccountRoute(limits: DescendantLimits) {
  return route<AccountDeps>()({
    method: 'GET',
    path: '/v1/accounts/{accountId}',
    operationId: 'readAccount',
    scope: 'accounts:read',
    tags: ['accounts'],
    summary: 'One account: what it posted and shared, and what came of it.',
    params,
    replies: { 200: { description: 'The account.', schema: AccountBody }, 404: notFoundReply },
    answer: async (deps, input) => {
      const account = await readAccount(deps, input.params.accountId, limits);
      if (account === null) throw accountNotFound(input.params.accountId);
      return { status: 200, body: account };
    },
  });
}

const operationIds = { amplifiers: 'listAmplifiers', amplified: 'listAmplified' };
const schemaIds = { amplifiers: 'AmplifierList', amplified: 'AmplifiedList' };

function listSpreadRoute(direction: Direction, summary: string, limits: WalkLimits) {
  const schema = listBody(SpreadItem).extend(SpreadWalk.shape).meta({ id: schemaIds[direction] });
  return route<SpreadDeps>()({
    method: 'GET',
    path: `/v1/accounts/{accountId}/${direction}`,
    operationId: operationIds[direction],
    scope: 'accounts:read',
    tags: ['accounts'],
    summary,
    description:
      'Ties by account id in byte order. A walk of bounded size: `complete` tells whether it went everywhere.',
    params,
    query: z.object({
      ...listQuery,
      hops: z.number().int().min(1).max(4).default(1).meta({ description: 'Steps of sharing to walk.' }),
    }),
    replies: { 200: { description: 'One page.', schema }, 404: notFoundReply },
    answer: async (deps, { params: { accountId }, query, url }) => {
      const { limit, cursor, hops } = query;
      // The question is part of the list's name, so that a page is never continued under another one.
      const list = `${direction} ${JSON.stringify([accountId, hops])}`;
      const after = readCursor(list, SpreadPosition, cursor) ?? null;
      const page = await listSpread(deps, direction, { accountId, hops, limit, after }, limits);
      if (page === null) throw accountNotFound(accountId);
      const reply = listReply(url, { list, items: page.items, total: page.total, next: page.next ?? undefined });
      return { ...reply, body: { ...reply.body, ...page.walk } };
    },
  });
}

function accountNotFound(accountId: string) {
  return problem(404, 'account_not_found', `There is no account "${accountId}".`);
}

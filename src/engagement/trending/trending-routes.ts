import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { route } from '../../http/route.ts';
import { epochMs } from '../../query/times.ts';
import { answerHead, byRange, rangeQuery } from '../asked/asked-range.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { windowTooOld } from '../engagement-problems.ts';
import { endOfQuarter, listTrending, oldestWindow } from './list-trending.ts';
import { TrendingPost } from './trending-answers.ts';

const Position = z.object({ toMs: z.number().int(), skip: z.number().int().nonnegative() });

export const listTrendingRoute = route<EngagementDeps>()({
  method: 'GET',
  scope: 'engagement:read',
  tags: ['engagement'],
  path: '/v1/trending',
  operationId: 'listTrending',
  remember: byRange,
  summary:
    'Posts by their weighted engagement in the last day or two, and which of them are unusual for their creators.',
  description:
    'Viral is more than 10 times, trending more than 5 times what a post of the creator received in as long a time over the 30 days before. The window ends with the quarter of an hour of `to`, as counts are kept by quarters; the pages that follow speak of the same window as the first.',
  query: z.object({
    ...listQuery,
    window: z.enum(['24h', '48h']).default('48h'),
    to: rangeQuery.to.meta({ description: 'Where the window ends; now, if it is left out.' }),
    category: z.string().min(1).max(200).optional(),
  }),
  replies: {
    200: { description: 'One page.', schema: listBody(TrendingPost).extend(answerHead).meta({ id: 'Trending' }) },
  },
  answer: async (deps, { query: { limit, cursor, window, to, category }, url }) => {
    const list = `trending ${window} ${to ?? ''} ${category ?? ''}`;
    const { toMs, skip } = readCursor(list, Position, cursor) ?? { toMs: epochMs(to) ?? deps.now(), skip: 0 };
    const windowHours = window === '24h' ? 24 : 48;
    const oldestMs = oldestWindow(deps);
    if (endOfQuarter(toMs) - windowHours * 3_600_000 < oldestMs) throw windowTooOld(oldestMs);
    const page = await listTrending(deps, { toMs, windowHours, category: category ?? null, skip, limit });
    const shown = skip + page.items.length;
    const next = shown < page.total ? { toMs, skip: shown } : undefined;
    const reply = listReply(url, { list, items: page.items, total: page.total, next });
    return { ...reply, body: { ...reply.body, ...page.head } };
  },
});

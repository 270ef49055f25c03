import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { route } from '../../http/route.ts';
import { answerHead, askedRange, byRange, rangeQuery, tzQuery } from '../asked/asked-range.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { emptyRange, emptyRangeReply } from '../engagement-problems.ts';
import { moderationBy } from './count-moderation.ts';
import { listModeration, ModerationItem, ModerationPosition, ModerationTotals } from './list-moderation.ts';
import { ModerationDay } from './list-moderation-days.ts';

export const ModerationList = listBody(ModerationItem.meta({ id: 'ModerationItem' }))
  .extend({
    ...answerHead,
    totals: ModerationTotals,
    days: z.array(ModerationDay).meta({ description: 'Days with a flag or an action, the earliest first.' }),
  })
  .meta({ id: 'ModerationList' });

export const listModerationRoute = route<EngagementDeps>()({
  method: 'GET',
  path: '/v1/safety/moderation',
  operationId: 'listModeration',
  remember: byRange,
  scope: 'engagement:read',
  tags: ['safety'],
  summary: 'What was flagged and what was done about it, by reason, action or policy, and how long it took.',
  description: [
    'Values by flags and actions together, the most first, ties in byte order. `posts` and `people` are the distinct posts and accounts that flags and actions name, `reporters` the distinct accounts that flagged.',
    'A case is a post or a person by its first flag of the range; a flag that names a post is about the post, else about the person. It is answered by the first action at that time or later, before `to`, that names the same post or person; until then it is `open`. A case belongs to the value of its first flag, and where that flag says none, to the value of the action that answered it; so the cases of all values add up to `totals`. The median of an even number is the mean of the two in the middle.',
    'Excluded are events marked internal, and flags by internal and test accounts and by bots. An action counts whoever took it, unless the event itself is marked internal: those who moderate are often staff or software.',
  ].join('\n\n'),
  query: z.object({
    ...listQuery,
    ...rangeQuery,
    ...tzQuery,
    by: moderationBy.default('reason').meta({ description: 'What flags and actions are counted by.' }),
  }),
  replies: {
    200: { description: 'One page of values; totals and days of all.', schema: ModerationList },
    400: emptyRangeReply,
  },
  answer: async (deps, { query, url }) => {
    const { limit, cursor, ...search } = query;
    const list = `moderation ${JSON.stringify(search)}`;
    const after = readCursor(list, ModerationPosition, cursor);
    const range = after ?? askedRange(search, { nowMs: deps.now(), days: deps.limits.rangeDays });
    if (range === null) throw emptyRange();
    const { head, items, total, next, totals, days } = await listModeration(deps, {
      fromMs: range.fromMs,
      toMs: range.toMs,
      by: search.by,
      tz: search.tz,
      limit,
      after,
    });
    const reply = listReply(url, { list, items, total, next });
    return { ...reply, body: { ...reply.body, ...head, totals, days } };
  },
});

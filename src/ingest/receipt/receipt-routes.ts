import { z } from 'zod';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { type EventDeps, readEvent } from './read-event.ts';
import { type ReceiptDeps, readReceipt } from './read-receipt.ts';

const EndedItem = z.object({
  eventId: z.string().nullable(),
  postId: z.string().optional(),
  status: z.enum(['deadLettered', 'quarantined', 'lateDuplicate', 'lateConflict']),
  code: z.string(),
});

const ReceiptBody = z.object({
  state: z.enum(['queued', 'projected', 'settled']),
  graph: z.number().int().describe('Items that the graph holds.'),
  facts: z.number().int().describe('Items that the facts hold.'),
  items: z.array(EndedItem).optional(),
});

export const readReceiptRoute = route<ReceiptDeps>()({
  method: 'GET',
  path: '/v1/receipts/{receipt}',
  operationId: 'readReceipt',
  scope: 'events:read',
  tags: ['Events'],
  summary: 'What became of the accepted items of one request',
  params: z.object({ receipt: z.string().max(100) }),
  replies: {
    200: { description: 'The state of the request', schema: ReceiptBody },
    404: { description: 'No request was given this receipt' },
  },
  answer: async (deps, { params }) => {
    const body = await readReceipt(deps, params.receipt);
    if (body === null) throw problem(404, 'receipt_not_found', 'No request was given this receipt.');
    return { status: 200 as const, body };
  },
});

const EventBody = z.object({
  eventId: z.string(),
  status: z.enum(['queued', 'stored', 'pending', 'quarantined', 'deadLettered']),
  acceptedAt: z.string().nullable(),
  graph: z.number().int(),
  facts: z.number().int(),
  reason: z.string().nullable(),
  warnings: z.array(z.object({ code: z.literal('root_differs'), detail: z.string() })),
});

export const readEventRoute = route<EventDeps>()({
  method: 'GET',
  path: '/v1/events/{eventId}',
  operationId: 'readEvent',
  scope: 'events:read',
  tags: ['Events'],
  summary: 'What became of one accepted event',
  params: z.object({ eventId: z.string().min(1).max(512) }),
  replies: {
    200: { description: 'Where the event is', schema: EventBody },
    404: { description: 'This id was never accepted' },
  },
  answer: async (deps, { params }) => {
    const body = await readEvent(deps, params.eventId);
    if (body === null) throw problem(404, 'event_not_found', 'No event was accepted under this id.');
    return { status: 200 as const, body };
  },
});

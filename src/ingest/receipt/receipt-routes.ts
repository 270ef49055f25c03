import { z } from 'zod';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import type { Letter, EventTrail as Trail } from './event-trail.ts';
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
  tags: ['events'],
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

const LetterItem = z.object({
  id: z.string(),
  stage: z.enum(['graph', 'facts']),
  state: z.enum(['waiting', 'replayed']),
  code: z.string(),
  reason: z.string().nullable(),
  diedAt: z.iso.datetime().nullable(),
});

const EventTrail = z
  .object({
    log: z.object({
      acceptSeq: z.number().int().describe('Its place in the order of acceptance.'),
      entryId: z.string().nullable(),
      held: z.boolean().describe('Whether the log still has it; it is forgotten a while after both stores have it.'),
    }),
    graph: z.object({
      state: z.enum([
        'queued',
        'notForThisStore',
        'stored',
        'linked',
        'pending',
        'quarantined',
        'lateDuplicate',
        'lateConflict',
        'deadLettered',
      ]),
      reached: z.boolean().describe('Whether the graph has come to it.'),
      postId: z.string().nullable(),
      rootPostId: z.string().nullable(),
      depth: z.number().int().nullable(),
    }),
    lineage: z.object({
      needed: z.boolean().describe('It made a post, and the post is linked.'),
      reached: z.boolean(),
      seq: z.number().int().nullable().describe("The post's place in its cascade; the root has 0."),
    }),
    facts: z.object({ stored: z.boolean(), reached: z.boolean() }),
    deadLetters: z.array(LetterItem),
  })
  .meta({ id: 'EventTrail' });

const EventBody = z.object({
  eventId: z.string(),
  status: z.enum(['queued', 'stored', 'pending', 'quarantined', 'deadLettered']),
  acceptedAt: z.string().nullable(),
  graph: z.number().int(),
  facts: z.number().int(),
  reason: z.string().nullable(),
  warnings: z.array(z.object({ code: z.enum(['root_differs', 'author_differs']), detail: z.string() })),
  trail: EventTrail,
});

export const readEventRoute = route<EventDeps>()({
  method: 'GET',
  path: '/v1/events/{eventId}',
  operationId: 'readEvent',
  scope: 'events:read',
  tags: ['events'],
  summary: 'What became of one accepted event',
  params: z.object({ eventId: z.string().min(1).max(512) }),
  replies: {
    200: { description: 'Where the event is', schema: EventBody },
    404: { description: 'This id was never accepted' },
  },
  answer: async (deps, { params }) => {
    const body = await readEvent(deps, params.eventId);
    if (body === null) throw problem(404, 'event_not_found', 'No event was accepted under this id.');
    return { status: 200 as const, body: { ...body, trail: shownTrail(body.trail) } };
  },
});

function shownTrail({ deadLetters, ...trail }: Trail): z.input<typeof EventTrail> {
  return { ...trail, deadLetters: deadLetters.map(shownLetter) };
}

function shownLetter({ id, stage, state, code, reason, diedAtMs }: Letter): z.input<typeof LetterItem> {
  return { id, stage, state, code, reason, diedAt: diedAtMs === null ? null : new Date(diedAtMs).toISOString() };
}

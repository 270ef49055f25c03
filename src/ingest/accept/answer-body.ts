import { z } from 'zod';

export const ItemResult = z.object({
  index: z.number().int().describe('Counts the items from 0; in NDJSON the non-empty lines.'),
  eventId: z.string().nullable(),
  status: z.enum(['accepted', 'duplicate', 'conflict', 'rejected']),
  code: z.string().optional(),
  pointer: z.string().optional().describe('JSON pointer into the item.'),
  detail: z.string().optional(),
});

export const AnswerBody = z.object({
  accepted: z.number().int(),
  duplicate: z.number().int(),
  conflict: z.number().int(),
  rejected: z.number().int(),
  receipt: z.string().describe('Opaque; ask /v1/receipts/{receipt} what became of the accepted items.'),
  results: z.array(ItemResult).describe('Every item that was not accepted; with results=all every item.'),
  state: z.enum(['queued', 'projected', 'settled']).optional().describe('Only where the request waited.'),
});

export type ItemResult = z.output<typeof ItemResult>;
export type AnswerBody = z.output<typeof AnswerBody>;

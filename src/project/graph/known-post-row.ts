import { z } from 'zod';

/** A post as the statements return it. */
export const knownPostRow = z.object({
  id: z.string(),
  state: z.enum(['linked', 'pending', 'quarantined', 'stub']),
  rootId: z.string().nullable(),
  depth: z.number().nullable(),
  authorId: z.string().nullable(),
  createdAt: z.number().nullable(),
  acceptSeq: z.number().nullable(),
  linkSeq: z.number().nullable(),
  eventId: z.string().nullable(),
  parentId: z.string().nullable(),
  rootHint: z.string().nullable(),
  assumed: z.boolean(),
  removedAt: z.number().nullable(),
  claimedParentId: z.string().nullable(),
});

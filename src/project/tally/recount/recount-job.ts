import { z } from 'zod';
import { job } from '../../../jobs/define-job.ts';

type Deps = { recount: () => Promise<unknown> };

/** Counts the newest months anew; the next time finds whatever a lost one would have. */
export const recountTallyJob = job({
  name: 'recount-tally',
  payload: z.object({}),
  id: () => 'recount',
  retry: { attempts: 1, firstDelayMs: 1000 },
  handler: async ({ recount }: Deps) => void (await recount()),
});

/** Counts months anew to which facts were added behind the tally; what is stale stays told until it was done. */
export const recountStaleJob = job({
  name: 'recount-stale-months',
  payload: z.object({}),
  id: () => 'stale',
  retry: { attempts: 1, firstDelayMs: 1000 },
  handler: async ({ recount }: Deps) => void (await recount()),
});

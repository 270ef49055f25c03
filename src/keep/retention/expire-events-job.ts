import { z } from 'zod';
import { job } from '../../jobs/define-job.ts';

type Deps = { expire: () => Promise<unknown> };

/** Lets events expire; what a lost run leaves undone the next one finds. */
export const expireEventsJob = job({
  name: 'expire-events',
  payload: z.object({}),
  id: () => 'expire',
  retry: { attempts: 3, firstDelayMs: 60_000 },
  handler: async ({ expire }: Deps) => void (await expire()),
});

import { z } from 'zod';
import { job } from '../jobs/define-job.ts';

type Deps = { sweep: () => Promise<unknown> };

/** Looks for cascades whose own job was lost, or never was. */
export const sweepRootsJob = job({
  name: 'sweep-roots',
  payload: z.object({}),
  id: () => 'sweep',
  retry: { attempts: 1, firstDelayMs: 1000 },
  handler: async ({ sweep }: Deps) => void (await sweep()),
});

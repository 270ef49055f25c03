import { z } from 'zod';
import { job } from '../../jobs/define-job.ts';

type Deps = { measure: () => Promise<void> };

/** Looks for cascades that are not as they were measured. */
export const measureCascadesJob = job({
  name: 'measure-cascades',
  payload: z.object({}),
  id: () => 'measure',
  retry: { attempts: 1, firstDelayMs: 1000 },
  handler: async ({ measure }: Deps) => measure(),
});

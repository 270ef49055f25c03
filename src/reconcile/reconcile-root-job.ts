import { z } from 'zod';
import { job } from '../jobs/define-job.ts';

type Deps = { reconcileRoot: (rootId: string) => Promise<void> };

/** One changed cascade. Asked for with a delay, so that a busy one is compared once in that time. */
export const reconcileRootJob = job({
  name: 'reconcile-root',
  payload: z.object({ rootId: z.string() }),
  id: ({ rootId }) => rootId,
  retry: { attempts: 5, firstDelayMs: 1000 },
  handler: ({ reconcileRoot }: Deps, { rootId }) => reconcileRoot(rootId),
});

import { z } from 'zod';
import { job } from '../jobs/define-job.ts';

type Deps = { check: () => Promise<unknown> };

/** Looks whether the books balance; the next look finds whatever a lost one would have. */
export const checkLedgerJob = job({
  name: 'check-ledger',
  payload: z.object({}),
  id: () => 'check',
  retry: { attempts: 1, firstDelayMs: 1000 },
  handler: async ({ check }: Deps) => void (await check()),
});

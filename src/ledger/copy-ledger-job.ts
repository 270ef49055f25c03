import { z } from 'zod';
import { job } from '../jobs/define-job.ts';

type Deps = { copy: () => Promise<unknown> };

/** Copies ended minutes of the ledger; a minute stays in the log until its copy has been found in the facts. */
export const copyLedgerJob = job({
  name: 'copy-ledger',
  payload: z.object({}),
  id: () => 'copy',
  retry: { attempts: 1, firstDelayMs: 1000 },
  handler: async ({ copy }: Deps) => void (await copy()),
});

import { z } from 'zod';
import { job } from '../../src/jobs/define-job.ts';

type Deps = { handle: (key: string) => Promise<void> };

/** A job that tells its test that it ran. */
export const noteJob = job({
  name: 'note',
  payload: z.object({ key: z.string() }),
  id: ({ key }) => key,
  retry: { attempts: 3, firstDelayMs: 50 },
  handler: ({ handle }: Deps, { key }) => handle(key),
});

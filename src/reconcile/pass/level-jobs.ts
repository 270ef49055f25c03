import { z } from 'zod';
import { job } from '../../jobs/define-job.ts';

type Deps = { turn: () => Promise<unknown> };

// One that fails is not tried again: the next one comes by itself, and finds what this one would have.
const once = { attempts: 1, firstDelayMs: 1000 };

/** Level 1: counts what each store holds of stretches of the accept order. */
export const countStretchesJob = job({
  name: 'count-stretches',
  payload: z.object({}),
  id: () => 'count',
  retry: once,
  handler: async ({ turn }: Deps) => void (await turn()),
});

/** Level 2: repairs cascades on which the stores did not agree. */
export const repairRootsJob = job({
  name: 'repair-roots',
  payload: z.object({}),
  id: () => 'repair',
  retry: once,
  handler: async ({ turn }: Deps) => void (await turn()),
});

/** Level 3: goes on with the sweep over everything. */
export const sweepStretchesJob = job({
  name: 'sweep-stretches',
  payload: z.object({}),
  id: () => 'sweep',
  retry: once,
  handler: async ({ turn }: Deps) => void (await turn()),
});

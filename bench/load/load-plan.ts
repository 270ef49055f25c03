import { z } from 'zod';

/** What a load process is asked for. With `everyMs` one body is due each such time, with 0 each as soon as a line is free. */
export const loadPlan = z.object({
  url: z.string(),
  seconds: z.number(),
  everyMs: z.number(),
  lines: z.number(),
  templates: z.number(),
  eventsPerBody: z.number(),
  people: z.number(),
  posts: z.number(),
  seed: z.number(),
});

export type LoadPlan = z.output<typeof loadPlan>;

/** What it says at its end. Times are of the clock that all processes share. */
export const loadResult = z.object({
  accepted: z.number(),
  bodies: z.number(),
  shed: z.number(),
  repeated: z.number(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
});

export type LoadResult = z.output<typeof loadResult>;

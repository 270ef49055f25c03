import type { z } from 'zod';

/** What has to be known of a job to ask for it. */
export type JobKind<P> = {
  name: string;
  payload: z.ZodType<P>;
  /** Two payloads with one id are one job: while it waits or runs, asking for it again changes nothing. */
  id: (payload: P) => string;
  retry: { attempts: number; firstDelayMs: number };
};

/** A job is one value: its name, what its payload looks like, which payloads are the same work, and how it is done. */
export type Job<Deps, P> = JobKind<P> & { handler: (deps: Deps, payload: P) => Promise<void> };

export function job<Deps, P>(value: Job<Deps, P>): Job<Deps, P> {
  return Object.freeze(value);
}

/** BullMQ takes no colon and no plain number as a job's id; ids of posts may hold or be anything. */
export function jobId<P>(kind: JobKind<P>, payload: P): string {
  return `id-${encodeURIComponent(kind.id(payload))}`;
}

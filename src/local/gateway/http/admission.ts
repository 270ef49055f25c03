// What stands between a user and the engine.
import { totalmem } from 'node:os';
import type { Run } from '../engine/run-statement.ts';
import type { Slots } from '../engine/slots.ts';
import type { RequestOptions } from './read-options.ts';
import type { Query } from './read-query.ts';

export type Admission = {
  /** Places that this kind of user may hold at a time; the engine's own places bound everybody together. */
  places: Slots<number> | undefined;
  /** The query to run in place of the one that was asked; throws when it may not run. */
  admit(query: Query, options: RequestOptions, run: Run): Promise<Query>;
  /** The database to run it in; throws when it may not be that one. */
  database(options: RequestOptions): string;
  /** The settings to run it with; throws when one may not be given. `safe` is a request that must not change anything. */
  settings(options: RequestOptions, safe: boolean): Record<string, string>;
};

// A statement without limits could take all memory or run for ever: a client's time-out does not stop the engine.
const shareOfMemory = 0.4;
const writerLimits = {
  max_execution_time: '600',
  max_memory_usage: String(Math.floor(totalmem() * shareOfMemory)),
};

/** The service's own user: everything is allowed; only GET is held to reading, as on the real server. */
export const writerAdmission: Admission = {
  places: undefined,
  admit: (query) => Promise.resolve(query),
  database: ({ database }) => database,
  settings: ({ settings }, safe) => ({ ...writerLimits, ...settings, ...(safe ? { readonly: '2' } : {}) }),
};

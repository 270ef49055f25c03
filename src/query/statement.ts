import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { packageRoot } from './root.ts';

/** One statement of one store: its text, what goes in, and what a row that comes out looks like. */
export type Statement<P extends z.ZodObject, R extends z.ZodObject> = {
  readonly path: string;
  readonly text: string;
  readonly params: P;
  readonly row: R;
};

/** Reads the text when the module is loaded, so that a missing file stops the process and not a request. */
export function statement<P extends z.ZodObject, R extends z.ZodObject>(
  path: string,
  shapes: { params: P; row: R },
): Statement<P, R> {
  const text = readFileSync(join(packageRoot, path), 'utf8');
  return Object.freeze({ path, text, ...shapes });
}

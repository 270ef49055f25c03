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

/** ClickHouse takes no parameter for names and for some numbers; they come from fixed lists and settings, as `{{name}}`. */
export function withNames<P extends z.ZodObject, R extends z.ZodObject>(
  written: Statement<P, R>,
  names: Readonly<Record<string, string>>,
): Statement<P, R> {
  const text = Object.entries(names).reduce((sum, [name, value]) => sum.replaceAll(`{{${name}}}`, value), written.text);
  return { ...written, text };
}

/** Reads the text when the module is loaded, so that a missing file stops the process and not a request. */
export function statement<P extends z.ZodObject, R extends z.ZodObject>(
  path: string,
  shapes: { params: P; row: R },
): Statement<P, R> {
  const text = readFileSync(join(packageRoot, path), 'utf8');
  return Object.freeze({ path, text, ...shapes });
}

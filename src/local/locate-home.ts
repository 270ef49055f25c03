import { join, resolve } from 'node:path';
import { packageRoot } from '../query/root.ts';

/** Where the local stack keeps its state: data, generated passwords, logs, and who runs now. */
export function locateHome(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment['SHARETRAIL_HOME'];
  return named === undefined || named === '' ? join(packageRoot, '.local') : resolve(named);
}

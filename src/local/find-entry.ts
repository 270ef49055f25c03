import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The arguments for node that run one of our entries: TypeScript in a checkout, JavaScript in a build. */
export function findEntry(name: string): string[] {
  const source = join(import.meta.dirname, `${name}.ts`);
  return existsSync(source) ? ['--import', 'tsx', source] : [join(import.meta.dirname, `${name}.js`)];
}

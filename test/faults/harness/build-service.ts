import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../../src/query/root.ts';

const run = promisify(execFile);

/** The service compiled once: a process that is started again after every kill must not compile itself each time. */
export async function buildService(home: string): Promise<string> {
  const folder = join(home, 'dist');
  const entry = join(folder, 'main.js');
  const args = [join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc')];
  args.push('--project', join(packageRoot, 'tsconfig.build.json'), '--outDir', folder);
  const built = await run(process.execPath, args).catch((error: unknown) => String(error));
  if (!existsSync(entry)) throw new Error(`the service could not be built: ${JSON.stringify(built)}`);
  return entry;
}

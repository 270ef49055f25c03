import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/query/root.ts';

const run = promisify(execFile);

// Inside the checkout, because the compiled service looks for its packages and its query text from where it lies.
const folder = join(packageRoot, '.local', 'test-dist');
const marker = 'SHARETRAIL_TEST_BUILT';

/** The service compiled once a run: a process that is started again and again must not compile itself each time. */
export async function buildService(): Promise<string> {
  const entry = join(folder, 'main.js');
  if (process.env[marker] === String(process.pid) && existsSync(entry)) return entry;
  const args = [join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc')];
  args.push('--project', join(packageRoot, 'tsconfig.build.json'), '--outDir', folder);
  const built = await run(process.execPath, args).catch((error: unknown) => String(error));
  if (!existsSync(entry)) throw new Error(`the service could not be built: ${JSON.stringify(built)}`);
  process.env[marker] = String(process.pid);
  return entry;
}

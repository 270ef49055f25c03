import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachStack } from '../src/local/attach-stack.ts';

const started = { own: false };

/** Whether the stores hold nobody's data, so that a whole service may be run on them. */
export function areStoresOwn(): boolean {
  return started.own;
}

/** Stores of the benchmark's own, so that nobody's data is touched, unless the environment names others. */
export async function openBenchStores(): Promise<{ close(): Promise<void> }> {
  if (process.env['REDIS_URL'] !== undefined) return { close: async () => undefined };
  const home = mkdtempSync(join(tmpdir(), 'sharetrail-bench-'));
  const stack = await attachStack({ home, onProgress: (line) => process.stderr.write(`${line}\n`) });
  Object.assign(process.env, stack.endpoints);
  started.own = true;
  return {
    close: async () => {
      await stack.detach({ stopNow: true });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findSupervisor } from '../../src/local/attach/supervisor-record.ts';
import { identifyProcess } from '../../src/local/supervise/process-identity.ts';
import { packageRoot } from '../../src/query/root.ts';

// On the checkout's own disk, because the temporary folder of many machines is in memory.
const homes = join(packageRoot, 'node_modules', '.cache', 'sharetrail-test');

/** A home for this run alone, so that it starts from nothing and another run beside it is not in its way. */
export function makeTestHome(): string {
  removeAbandonedHomes();
  const home = join(homes, String(process.pid));
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return home;
}

/** What runs that were killed left behind. */
function removeAbandonedHomes(): void {
  mkdirSync(homes, { recursive: true });
  for (const name of readdirSync(homes)) {
    const home = join(homes, name);
    const isUsed = identifyProcess(Number.parseInt(name, 10)) !== undefined || findSupervisor(home) !== undefined;
    if (!isUsed) rmSync(home, { recursive: true, force: true });
  }
}

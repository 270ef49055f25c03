// The process that owns the three stores: it starts them, starts them again, and ends them after their last user.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { recordPath, runFolder } from './attach/supervisor-record.ts';
import { endExchange } from './spare/exchange-neo4j.ts';
import { endLeftovers } from './supervise/child-records.ts';
import { type Attached, countAttached } from './supervise/count-attached.ts';
import type { SupervisorRecord } from './supervise/messages.ts';
import { identifySelf } from './supervise/process-identity.ts';
import { runStack, type Stack } from './supervise/run-stack.ts';
import { takeLock } from './supervise/take-lock.ts';
import { writePrivateJson } from './write-private-file.ts';

type Run = { home: string; attached: Attached; stack: Stack | undefined; stopping: Promise<void> | undefined };

const lingerMs = 10_000;
const settings = {
  neo4jHeap: process.env['SHARETRAIL_NEO4J_HEAP'] ?? '1g',
  neo4jPageCache: process.env['SHARETRAIL_NEO4J_PAGE_CACHE'] ?? '512m',
  redisMaxMemory: process.env['SHARETRAIL_REDIS_MAX_MEMORY'] ?? '4gb',
};

const [home] = process.argv.slice(2);
if (home === undefined) throw new Error('the supervisor needs the folder of its stack');
const lock = takeLock(runFolder(home), 'supervisor');
// Another one was quicker; whoever started this one attaches to that.
if (lock === undefined) process.exit(0);

const run = await open(home);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(run, signal));
process.on('uncaughtException', (error) => void end(run, String(error.stack)));
await startStores(run);

async function open(home: string): Promise<Run> {
  const token = randomBytes(24).toString('base64url');
  const attached = await countAttached({ token, lingerMs, onUnused: () => void end(run, 'nobody uses it any more') });
  const record: SupervisorRecord = { ...identifySelf(), port: attached.port, token };
  writePrivateJson(recordPath(home), record);
  say(`supervising ${home}`);
  return { home, attached, stack: undefined, stopping: undefined };
}

async function startStores(run: Run): Promise<void> {
  try {
    const ended = await endLeftovers(run.home);
    if (ended > 0) tell(run, `ended ${ended} stores that an earlier run left`);
    if (run.stopping !== undefined) return;
    endExchange(run.home);
    run.stack = await runStack({ home: run.home, settings, say: (line) => tell(run, line) });
    run.attached.tell({ tell: 'ready', endpoints: await run.stack.ready });
  } catch (error) {
    if (run.stopping !== undefined) return;
    const reason = error instanceof Error ? error.message : String(error);
    run.attached.tell({ tell: 'failed', reason });
    await end(run, reason);
  }
}

function end(run: Run, reason: string): Promise<void> {
  run.stopping ??= stopAll(run, reason);
  return run.stopping;
}

async function stopAll({ home, attached, stack }: Run, reason: string): Promise<void> {
  say(`stopping: ${reason}`);
  attached.tell({ tell: 'stopping' });
  await stack?.stop();
  rmSync(recordPath(home), { force: true });
  lock?.release();
  attached.close();
  say('stopped');
  process.exit(0);
}

function tell({ attached }: Run, line: string): void {
  say(line);
  attached.tell({ tell: 'progress', line });
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

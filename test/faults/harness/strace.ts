import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

const attachTimeoutMs = 30_000;

/** Undefined where another process can be traced; else the reason to give. */
export function whyNoStrace(): string | undefined {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'strace is not here or may not trace';
  }
}

/** Follows a process and all its threads; answers when it has hold of it. */
export async function attachStrace(pid: number, args: readonly string[]): Promise<ChildProcess> {
  const tracer = spawn('strace', ['-f', ...args, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  await new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`strace did not attach: ${told}`)), attachTimeoutMs);
    tracer.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (!told.includes('attached')) return;
      clearTimeout(limit);
      resolve();
    });
  });
  return tracer;
}

export async function detachStrace(tracer: ChildProcess): Promise<void> {
  if (tracer.exitCode !== null || tracer.signalCode !== null) return;
  const ended = once(tracer, 'exit');
  tracer.kill('SIGINT');
  await ended;
}

import { spawn } from 'node:child_process';
import { Missing } from './missing.mjs';
import { say, seconds } from './say.mjs';

const heartbeatMs = 5000;
const keptLines = { first: 10, last: 20 };
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs one long step, says how long it has been at it, and shows the end of its output only where it fails.
 * @param {{ title: string, file: string, args: string[], cwd?: string, env?: object, progress?: (line: string) => string | undefined }} step
 */
export async function runStep({ title, file, args, cwd, env, progress = () => undefined }) {
  const startedMs = Date.now();
  say(`  ${title} ...`);
  // A group of its own, so that a signal ends the step's own children too.
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const letGo = endWithUs(child);
  const output = collectLines(child, progress);
  const heartbeat = setInterval(() => say(`  ${title}: ${seconds(startedMs)} ${output.latest()}`), heartbeatMs);
  try {
    const code = await exitOf(child);
    if (code !== 0) throw new Missing(`${title} failed (${file} ${args.join(' ')}: ${code})\n${output.tail()}`);
    say(`  ${title}: done in ${seconds(startedMs)}`);
  } finally {
    clearInterval(heartbeat);
    letGo();
  }
}

function exitOf(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
}

/** Some programs say first what went wrong, and some say it last. */
function collectLines(child, progress) {
  const lines = [];
  let latest = '';
  let rest = '';
  const take = (chunk) => {
    const parts = `${rest}${chunk}`.split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      lines.push(line);
      latest = progress(line) ?? latest;
    }
    lines.splice(keptLines.first, Math.max(0, lines.length - keptLines.first - keptLines.last));
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  return { latest: () => latest, tail: () => [...lines, rest].join('\n') };
}

/** A signal that ends the set-up ends the step as well; the returned function takes the handlers off again. */
function endWithUs(child) {
  const handlers = Object.entries(signals).map(([signal, code]) => {
    const handler = () => {
      endGroup(child.pid);
      process.exit(code);
    };
    process.on(signal, handler);
    return [signal, handler];
  });
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

function endGroup(pid) {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch {
    // It ended by itself between the signal and here.
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type LoadPlan, type LoadResult, loadResult } from './load-plan.ts';

// To draw the templates, and to wait for the last answers.
const mostMoreMs = 120_000;

/** Runs one load in a process of its own; one that does not end in time is ended. `onStart`: right before its first event. */
export async function runLoad(plan: LoadPlan, onStart: () => void = () => undefined): Promise<LoadResult> {
  const child = startNode('send-load.ts', [JSON.stringify(plan)]);
  const timer = setTimeout(() => child.kill('SIGKILL'), plan.seconds * 1000 + mostMoreMs);
  const ended = once(child, 'exit');
  try {
    for await (const line of linesOf(child)) {
      if (line === 'sending') onStart();
      else return loadResult.parse(JSON.parse(line));
    }
    throw new Error('the load ended without a result');
  } finally {
    await ended;
    clearTimeout(timer);
  }
}

/** The bare parser as long as some work takes. */
export async function withBareParser<T>(work: (url: string) => Promise<T>): Promise<T> {
  const child = startNode('../bare-parser.ts', []);
  const ended = once(child, 'exit');
  try {
    return await work(await readAddress(child));
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function readAddress(child: ChildProcess): Promise<string> {
  for await (const line of linesOf(child)) if (line.startsWith('http:')) return line;
  throw new Error('the bare parser ended before it listened');
}

function linesOf({ stdout }: ChildProcess): AsyncIterable<string> {
  if (stdout === null) throw new Error('a process was started without its output');
  return createInterface({ input: stdout });
}

function startNode(file: string, args: readonly string[]): ChildProcess {
  const path = join(import.meta.dirname, file);
  return spawn(process.execPath, ['--import', 'tsx', path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

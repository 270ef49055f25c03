// Runs one statement: takes a slot, opens a session, says the preamble, runs, and gives everything back.
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ChdbResult, Session } from 'chdb';
import { parseEngineError, refusals } from './engine-exception.ts';
import type { Engine } from './open-engine.ts';
import { writePreamble } from './write-preamble.ts';

export type Run = {
  database: string;
  settings: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
  signal: AbortSignal;
};

export type Statistics = { rows: number; bytes: number; elapsedSeconds: number };

export type Reading = { output: Readable; finished: Promise<Statistics> };

export type ReadText = {
  /** As it was asked. */
  original: string;
  before: string;
  format: string;
  after: string;
};

const killRepeatMs = 200;

export type Opened = { session: Session; tag: string };

export async function openSession(engine: Engine, { database, settings, parameters }: Run): Promise<Opened> {
  const tag = `gateway:${randomUUID()}`;
  const session = engine.newSession();
  try {
    for (const text of writePreamble({ database, settings, parameters, tag })) await session.queryAsync(text);
    return { session, tag };
  } catch (error) {
    session.close();
    throw parseEngineError(error);
  }
}

export function toStatistics({ rowsRead, bytesRead, elapsed }: ChdbResult): Statistics {
  return { rows: rowsRead, bytes: bytesRead, elapsedSeconds: elapsed };
}

export type Order = { statement: string; format: string; signal: AbortSignal };

/** Runs the statement to its end; when the signal fires, asks the engine to stop it until it has stopped. */
export async function runToEnd(engine: Engine, { session, tag }: Opened, order: Order): Promise<ChdbResult> {
  const { statement, format, signal } = order;
  if (signal.aborted) throw refusals.cancelled();
  // A kill can come before the engine has registered the statement, so it is repeated.
  let repeat: NodeJS.Timeout | undefined;
  const stop = () => {
    void engine.kill(tag);
    repeat = setInterval(() => void engine.kill(tag), killRepeatMs);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await session.queryAsync(statement, { format });
  } catch (error) {
    throw parseEngineError(error);
  } finally {
    signal.removeEventListener('abort', stop);
    clearInterval(repeat);
  }
}

/** Runs a statement whose answer, if it has one, is small. */
export async function runWhole(engine: Engine, run: Run, statement: string, format: string): Promise<ChdbResult> {
  const slot = await engine.slots.take();
  try {
    const opened = await openSession(engine, run);
    try {
      return await runToEnd(engine, opened, { statement, format, signal: run.signal });
    } finally {
      opened.session.close();
    }
  } finally {
    engine.slots.give(slot);
  }
}

/** A statement without rows to answer. */
export async function runCommand(engine: Engine, run: Run, statement: string): Promise<Statistics> {
  return toStatistics(await runWhole(engine, run, statement, 'TabSeparated'));
}

// Runs one statement: takes a slot, opens a session, says the preamble, runs, and gives everything back.
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Session } from 'chdb';
import { parseEngineError, refusals } from './engine-exception.ts';
import type { Engine } from './open-engine.ts';
import { readPipe } from './read-pipe.ts';
import { quoteText, writePreamble } from './write-preamble.ts';

export type Run = {
  database: string;
  settings: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
  signal: AbortSignal;
};

export type Statistics = { rows: number; bytes: number; elapsedSeconds: number };

export type Reading = { output: Readable; finished: Promise<Statistics> };

const killRepeatMs = 200;

type Opened = { session: Session; tag: string };

async function openSession(engine: Engine, { database, settings, parameters }: Run): Promise<Opened> {
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

/** Runs the statement to its end; when the signal fires, asks the engine to stop it until it has stopped. */
async function runToEnd(engine: Engine, { session, tag }: Opened, statement: string, signal: AbortSignal): Promise<Statistics> {
  if (signal.aborted) throw refusals.cancelled();
  // A kill can come before the engine has registered the statement, so it is repeated.
  let repeat: NodeJS.Timeout | undefined;
  const stop = () => {
    void engine.kill(tag);
    repeat = setInterval(() => void engine.kill(tag), killRepeatMs);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { rowsRead, bytesRead, elapsed } = await session.queryAsync(statement, { format: 'TabSeparated' });
    return { rows: rowsRead, bytes: bytesRead, elapsedSeconds: elapsed };
  } catch (error) {
    throw parseEngineError(error);
  } finally {
    signal.removeEventListener('abort', stop);
    clearInterval(repeat);
  }
}

/** A statement without rows to answer. */
export async function runCommand(engine: Engine, run: Run, statement: string): Promise<Statistics> {
  const slot = await engine.slots.take();
  try {
    const opened = await openSession(engine, run);
    try {
      return await runToEnd(engine, opened, statement, run.signal);
    } finally {
      opened.session.close();
    }
  } finally {
    engine.slots.give(slot);
  }
}

export type ReadText = { before: string; format: string; after: string };

/** A statement that answers rows, through the slot's pipe. The caller must read the output to its end. */
export async function runReading(engine: Engine, run: Run, { before, format, after }: ReadText): Promise<Reading> {
  const pipe = await engine.slots.take();
  try {
    const opened = await openSession(engine, run);
    const { output, finishWriting, ended } = readPipe(pipe);
    // Whoever gives up reading must not stop the pipe: a writer blocked on a full pipe could not be killed.
    const drain = () => output.removeAllListeners('data').on('data', () => undefined).resume();
    run.signal.addEventListener('abort', drain, { once: true });
    const statement = `${before} INTO OUTFILE ${quoteText(pipe)} APPEND FORMAT ${format}${after}`;
    const finished = runToEnd(engine, opened, statement, run.signal).finally(async () => {
      finishWriting();
      await ended;
      run.signal.removeEventListener('abort', drain);
      output.destroy();
      opened.session.close();
      engine.slots.give(pipe);
    });
    return { output, finished };
  } catch (error) {
    engine.slots.give(pipe);
    throw error;
  }
}

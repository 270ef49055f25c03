// Runs a statement that answers rows: the engine writes them into the slot's pipe, the caller reads them from there.
import { restateSyntaxError } from './explain.ts';
import type { Engine } from './open-engine.ts';
import { type PipeReader, readPipe } from './read-pipe.ts';
import {
  type Opened,
  openSession,
  type Reading,
  type ReadText,
  type Run,
  runToEnd,
  type Statistics,
  toStatistics,
} from './run-statement.ts';
import { quoteText } from './write-preamble.ts';

const leakedWriterMs = 300;

/** Waits for the end of the output, but not for long: false when somebody still holds the pipe open for writing. */
async function endsSoon(ended: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), leakedWriterMs);
  });
  const soon = await Promise.race([ended.then(() => true), late]);
  clearTimeout(timer);
  return soon;
}

/** Ends the output and says which pipe the slot has from now on. */
async function settlePipe(engine: Engine, pipe: string, reader: PipeReader, failed: boolean): Promise<string> {
  const { output, finishWriting, ended } = reader;
  finishWriting();
  // A statement that failed can leave the pipe open in the engine, with partial output that would come out in front of
  // the next answer. Such a pipe is never used again.
  const clean = failed ? await endsSoon(ended) : await ended.then(() => true);
  output.destroy();
  return clean ? pipe : engine.renewPipe(pipe);
}

function openReader(pipe: string, { session }: Opened): PipeReader {
  try {
    return readPipe(pipe);
  } catch (error) {
    session.close();
    throw error;
  }
}

type Started = { pipe: string; opened: Opened; reader: PipeReader };

async function finish(
  engine: Engine,
  { pipe, opened, reader }: Started,
  run: Run,
  text: ReadText,
): Promise<Statistics> {
  const statement = `${text.before} INTO OUTFILE ${quoteText(pipe)} APPEND FORMAT ${text.format}${text.after}`;
  let failed = true;
  try {
    const result = await runToEnd(engine, opened, { statement, format: 'TabSeparated', signal: run.signal });
    failed = false;
    return toStatistics(result);
  } catch (error) {
    return await restateSyntaxError(opened.session, text.original, error);
  } finally {
    opened.session.close();
    engine.slots.give(await settlePipe(engine, pipe, reader, failed));
  }
}

/**
 * The caller must read the output to its end, also after an abort: a writer blocked on a full pipe could not be killed.
 */
export async function runReading(engine: Engine, run: Run, text: ReadText): Promise<Reading> {
  const pipe = await engine.slots.take();
  try {
    const opened = await openSession(engine, run);
    const reader = openReader(pipe, opened);
    return { output: reader.output, finished: finish(engine, { pipe, opened, reader }, run, text) };
  } catch (error) {
    engine.slots.give(pipe);
    throw error;
  }
}

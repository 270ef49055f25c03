// EXPLAIN, for those who ask for it and for the gateway's own use: it tells what the engine's parser understands.
import { Readable } from 'node:stream';
import type { Session } from 'chdb';
import { EngineException, parseEngineError } from './engine-exception.ts';
import type { Engine } from './open-engine.ts';
import { openSession, type Reading, type ReadText, type Run, runWhole, toStatistics } from './run-statement.ts';

const parseOnly = 'EXPLAIN AST ';

/** Parses and runs nothing. A syntax error counts positions in the statement as it was given. */
async function parseTree(session: Session, statement: string): Promise<string[]> {
  try {
    const answer = await session.queryAsync(`${parseOnly}${statement}`, { format: 'TSVRaw' });
    return answer
      .text()
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    const { code, exceptionName, message } = parseEngineError(error);
    const shift = (_: string, position: string) => `position ${Number(position) - parseOnly.length}`;
    throw new EngineException(code, exceptionName, message.replace(/position (\d+)/, shift));
  }
}

/** A syntax error in the words of the statement as it was asked, without what was added to it to run it. */
export async function restateSyntaxError(session: Session, original: string, error: unknown): Promise<never> {
  if (parseEngineError(error).exceptionName === 'SYNTAX_ERROR') await parseTree(session, original);
  throw error;
}

/** What the engine's parser understands: one line per node. Parses only, so it takes no slot. */
export async function explainTree(engine: Engine, run: Run, statement: string): Promise<string[]> {
  const { session } = await openSession(engine, run);
  try {
    return await parseTree(session, statement);
  } finally {
    session.close();
  }
}

/** EXPLAIN hands INTO OUTFILE to the statement it explains, so its answer, which is always small, comes in one piece. */
export async function runExplain(engine: Engine, run: Run, { before, format, after }: ReadText): Promise<Reading> {
  const answer = await runWhole(engine, run, `${before} ${after}`, format);
  const output = Readable.from([Buffer.from(answer.bytes())], { objectMode: false });
  return { output, finished: Promise.resolve(toStatistics(answer)) };
}

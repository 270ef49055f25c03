// The ClickHouse engine in this process: a bounded number of statements run at a time, each in a session of its own that
// is thrown away afterwards. A new session costs a quarter of a millisecond and takes three troubles away: settings,
// temporary tables and parameters cannot reach the next request, and neither can the partial output that a failed query
// leaves behind in its session.
import { Session } from 'chdb';
import { parseEngineError, refusals } from './engine-exception.ts';
import { lockFolder } from './lock-folder.ts';
import { openSlots, type Slots } from './slots.ts';
import { openSpoolFolder, type SpoolFolder } from './spool-folder.ts';
import { quoteText } from './write-preamble.ts';

export type EngineOptions = { dataFolder: string; sessions: number; maxWaiting: number; databases: readonly string[] };

export type Engine = {
  version: string;
  spool: SpoolFolder;
  slots: Slots<string>;
  newSession(): Session;
  /** One statement of the gateway's own, its rows as JSON objects. */
  ask(statement: string): Promise<unknown[]>;
  kill(tag: string): Promise<void>;
  close(): void;
};

async function askOnce(newSession: () => Session, statement: string): Promise<unknown[]> {
  const session = newSession();
  try {
    const answer = await session.queryAsync(statement, { format: 'JSONEachRow' });
    const lines = answer.text().split('\n');
    return lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line));
  } catch (error) {
    throw parseEngineError(error);
  } finally {
    session.close();
  }
}

function readVersion(rows: readonly unknown[]): string {
  const [row] = rows;
  const hasVersion = typeof row === 'object' && row !== null && 'version' in row;
  return hasVersion && typeof row.version === 'string' ? row.version : 'unknown';
}

export async function openEngine({ dataFolder, sessions, maxWaiting, databases }: EngineOptions): Promise<Engine> {
  const unlock = lockFolder(dataFolder);
  const newSession = () => new Session(dataFolder);
  // Held open so that the engine does not shut down and start again between requests.
  const keeper = newSession();
  const spool = openSpoolFolder();
  for (const database of databases) await askOnce(newSession, `CREATE DATABASE IF NOT EXISTS ${database}`);
  const version = readVersion(await askOnce(newSession, 'SELECT version() AS version'));
  const pipes = Array.from({ length: sessions }, () => spool.newPipe());
  return {
    version,
    spool,
    slots: openSlots(pipes, maxWaiting),
    newSession,
    ask: (statement) => askOnce(newSession, statement),
    kill: async (tag) => {
      await askOnce(newSession, `KILL QUERY WHERE Settings['log_comment'] = ${quoteText(tag)} ASYNC`).catch(() => refusals.cancelled());
    },
    close: () => {
      keeper.close();
      spool.remove();
      unlock();
    },
  };
}

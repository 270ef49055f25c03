// The ClickHouse engine in this process: a bounded number of statements run at a time, each in a session of its own that
// is thrown away afterwards. A new session costs a quarter of a millisecond and takes three troubles away: settings,
// temporary tables and parameters cannot reach the next request, and neither can the partial output that a failed query
// leaves behind in its session.
import { rmSync } from 'node:fs';
import { Session } from 'chdb';
import { parseEngineError } from './engine-exception.ts';
import { forgetLostBlocks } from './forget-lost-blocks.ts';
import { lockFolder } from './lock-folder.ts';
import { openSlots, type Slots } from './slots.ts';
import { openSpoolFolder, type SpoolFolder } from './spool-folder.ts';
import { quoteText } from './write-preamble.ts';

export type EngineOptions = { dataFolder: string; sessions: number; maxWaiting: number; databases: readonly string[] };

export type Engine = {
  version: string;
  timezone: string;
  spool: SpoolFolder;
  slots: Slots<string>;
  /** A new pipe in place of one that can no longer be trusted. */
  renewPipe(pipe: string): string;
  newSession(): Session;
  /** One statement of the gateway's own, its rows as JSON objects. */
  ask(statement: string): Promise<unknown[]>;
  kill(tag: string): Promise<void>;
  /** Stops what still runs, then lets go of the data folder. */
  close(): Promise<void>;
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

const stopRounds = 15;
const stopRoundMs = 100;

type Stopping = { newSession: () => Session; idle: () => boolean };

/** A process that ends while the engine runs a statement would wait for it. */
async function stopAll({ newSession, idle }: Stopping): Promise<void> {
  const kill = "KILL QUERY WHERE startsWith(Settings['log_comment'], 'gateway:') ASYNC";
  for (let round = 0; round < stopRounds && !idle(); round += 1) {
    await askOnce(newSession, kill).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, stopRoundMs));
  }
}

function readText(rows: readonly unknown[]): string {
  const [row] = rows;
  const hasText = typeof row === 'object' && row !== null && 'text' in row;
  return hasText && typeof row.text === 'string' ? row.text : 'unknown';
}

export async function openEngine({ dataFolder, sessions, maxWaiting, databases }: EngineOptions): Promise<Engine> {
  const unlock = lockFolder(dataFolder);
  forgetLostBlocks(dataFolder);
  const newSession = () => new Session(dataFolder);
  // Held open so that the engine does not shut down and start again between requests.
  const keeper = newSession();
  const spool = openSpoolFolder();
  for (const database of databases) await askOnce(newSession, `CREATE DATABASE IF NOT EXISTS ${database}`);
  const version = readText(await askOnce(newSession, 'SELECT version() AS text'));
  const timezone = readText(await askOnce(newSession, 'SELECT timezone() AS text'));
  const pipes = Array.from({ length: sessions }, () => spool.newPipe());
  const slots = openSlots(pipes, maxWaiting);
  return {
    version,
    timezone,
    spool,
    slots,
    renewPipe: (pipe) => {
      rmSync(pipe, { force: true });
      return spool.newPipe();
    },
    newSession,
    ask: (statement) => askOnce(newSession, statement),
    kill: async (tag) => {
      await askOnce(newSession, `KILL QUERY WHERE Settings['log_comment'] = ${quoteText(tag)} ASYNC`).catch(
        () => undefined,
      );
    },
    close: async () => {
      await stopAll({ newSession, idle: () => slots.free() === sessions });
      keeper.close();
      spool.remove();
      unlock();
    },
  };
}

import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, connectSupervisor } from './attach/connect-supervisor.ts';
import { startSupervisor } from './attach/start-supervisor.ts';
import { findSupervisor } from './attach/supervisor-record.ts';
import type { Endpoints } from './endpoints.ts';
import { locateHome } from './locate-home.ts';
import { waitForEnd } from './stop-stack.ts';

type Options = { home?: string; onProgress?: (line: string) => void };
type Target = { home: string; onProgress: (line: string) => void };

export type AttachedStack = {
  endpoints: Endpoints;
  /** Lets go; the stack ends by itself a little after its last user, or at once where that is asked for. */
  detach(options?: { stopNow?: boolean }): Promise<void>;
};

const attachTimeoutMs = 180_000;
const lookAgainMs = 200;
const letGoMs = 5000;

type Hold = { connection: Connection; isDetached: boolean; reconnecting: Promise<void> };

/** Finds the stack of this home or starts it, waits until it answers, and keeps it up until it is let go. */
export async function attachStack({
  home = locateHome(),
  onProgress = () => undefined,
}: Options = {}): Promise<AttachedStack> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const target = { home, onProgress };
  const hold: Hold = { connection: await connect(target), isDetached: false, reconnecting: Promise.resolve() };
  void keepConnected(target, hold);
  return {
    endpoints: hold.connection.endpoints,
    async detach({ stopNow = false } = {}) {
      if (hold.isDetached) return;
      hold.isDetached = true;
      const supervisor = findSupervisor(home);
      // A connection that is just being made is let go as well: it would count as a user, and nobody would be the last.
      const letGo = hold.reconnecting.then(() => hold.connection.close({ stopNow }));
      const { isStopping } = await Promise.race([letGo, pause(letGoMs, { isStopping: false }, { ref: false })]);
      if (stopNow && isStopping && supervisor !== undefined) await waitForEnd(home, supervisor);
    },
  };
}

async function connect({ home, onProgress }: Target): Promise<Connection> {
  const deadlineMs = Date.now() + attachTimeoutMs;
  while (Date.now() < deadlineMs) {
    const supervisor = findSupervisor(home) ?? (await startSupervisor(home));
    const result = supervisor === undefined ? undefined : await connectSupervisor(supervisor, onProgress);
    if (result?.outcome === 'ready') return result.connection;
    if (result?.outcome === 'failed') throw new Error(`the local stack could not be started: ${result.reason}`);
    // It is on its way out, or another start was quicker: the next look finds the one that follows.
    await pause(lookAgainMs);
  }
  throw new Error(`the local stack in ${home} was not ready in time`);
}

/** A supervisor that was killed is followed by another one with the same data, ports and passwords. */
async function keepConnected(target: Target, hold: Hold): Promise<void> {
  while (!hold.isDetached) {
    await hold.connection.closed;
    if (hold.isDetached) return;
    hold.reconnecting = reconnect(target, hold);
    await hold.reconnecting;
  }
}

async function reconnect(target: Target, hold: Hold): Promise<void> {
  target.onProgress('the supervisor of the local stack is gone; starting another one');
  try {
    hold.connection = await connect(target);
  } catch (error) {
    target.onProgress(String(error));
    await pause(lookAgainMs);
  }
}

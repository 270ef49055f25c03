import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { findSupervisor } from './attach/supervisor-record.ts';
import { onMessage, Reply, type SupervisorRecord, send } from './supervise/messages.ts';
import { isAlive } from './supervise/process-identity.ts';

const stopTimeoutMs = 30_000;
const lookAgainMs = 50;

export type Stopped = { outcome: 'stopped' } | { outcome: 'notRunning' } | { outcome: 'inUse'; attached: number };

/** Ends the stack of this home at once, unless somebody is attached to it. */
export async function stopStack({ home }: { home: string }): Promise<Stopped> {
  const supervisor = findSupervisor(home);
  if (supervisor === undefined) return { outcome: 'notRunning' };
  const attached = await askToStop(supervisor);
  if (attached > 0) return { outcome: 'inUse', attached };
  await waitForEnd(home, supervisor);
  return { outcome: 'stopped' };
}

/** Until that very process is gone; one that stays because others use it is not waited for. */
export async function waitForEnd(home: string, { pid, start }: { pid: number; start: string }): Promise<void> {
  const deadlineMs = Date.now() + stopTimeoutMs;
  while (isAlive({ pid, start })) {
    if (Date.now() > deadlineMs) throw new Error(`the local stack in ${home} did not stop in time`);
    await pause(lookAgainMs);
  }
}

/** How many others are attached. */
function askToStop(supervisor: SupervisorRecord): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port: supervisor.port });
  return new Promise((resolve) => {
    socket.on('error', () => socket.destroy());
    socket.once('close', () => resolve(0));
    socket.once('connect', () => send(socket, { ask: 'stop', token: supervisor.token }));
    onMessage(socket, Reply, (reply) => {
      if (reply.tell === 'inUse') resolve(reply.attached);
      socket.end();
    });
  });
}

import { connect, type Socket } from 'node:net';
import type { Endpoints } from '../endpoints.ts';
import { onMessage, Reply, type SupervisorRecord, send } from '../supervise/messages.ts';

export type Connection = {
  endpoints: Endpoints;
  closed: Promise<void>;
  /** Whether the stack stops now: not where others are still attached. */
  close(options: { stopNow: boolean }): Promise<{ isStopping: boolean }>;
};

export type Connected =
  | { outcome: 'ready'; connection: Connection }
  | { outcome: 'failed'; reason: string }
  | { outcome: 'gone' };

/** Attaches, and waits until the three stores answer; the connection held afterwards is the attachment. */
export function connectSupervisor(
  supervisor: SupervisorRecord,
  onProgress: (line: string) => void,
): Promise<Connected> {
  const socket = connect({ host: '127.0.0.1', port: supervisor.port });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return new Promise((resolve) => {
    socket.on('error', () => socket.destroy());
    void closed.then(() => resolve({ outcome: 'gone' }));
    socket.once('connect', () => send(socket, { ask: 'attach', token: supervisor.token }));
    onMessage(socket, Reply, (reply) => {
      switch (reply.tell) {
        case 'progress':
          onProgress(reply.line);
          break;
        case 'ready':
          resolve({ outcome: 'ready', connection: hold(supervisor, socket, { closed, endpoints: reply.endpoints }) });
          break;
        case 'failed':
          resolve({ outcome: 'failed', reason: reply.reason });
          socket.destroy();
          break;
        case 'stopping':
        case 'inUse':
          socket.end();
          break;
      }
    });
  });
}

function hold(
  supervisor: SupervisorRecord,
  socket: Socket,
  { closed, endpoints }: { closed: Promise<void>; endpoints: Endpoints },
): Connection {
  let isStopping = false;
  onMessage(socket, Reply, (reply) => {
    isStopping ||= reply.tell === 'stopping';
  });
  return {
    endpoints,
    closed,
    async close({ stopNow }) {
      if (stopNow) send(socket, { ask: 'stop', token: supervisor.token });
      else socket.end();
      await closed;
      return { isStopping };
    },
  };
}

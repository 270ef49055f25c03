import { createServer, type Server, type Socket } from 'node:net';
import { onMessage, type Reply, Request, send } from './messages.ts';

type Deps = { token: string; lingerMs: number; onUnused: () => void };

/** The services that hold on to the stack. The kernel closes a connection however its owner ended. */
export type Attached = { port: number; tell(news: Reply): void; close(): void };

type State = { sockets: Set<Socket>; told: Reply[]; timer: NodeJS.Timeout | undefined; isStopping: boolean };

export async function countAttached(deps: Deps): Promise<Attached> {
  const state: State = { sockets: new Set(), told: [], timer: undefined, isStopping: false };
  const server = createServer((socket) => serve(deps, state, socket));
  const port = await listen(server);
  startLingering(deps, state);
  return {
    port,
    tell(news) {
      if (news.tell === 'stopping') state.isStopping = true;
      state.told.push(news);
      for (const socket of state.sockets) send(socket, news);
    },
    close() {
      clearTimeout(state.timer);
      for (const socket of state.sockets) socket.destroy();
      server.close();
    },
  };
}

function serve(deps: Deps, state: State, socket: Socket): void {
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    if (state.sockets.delete(socket) && state.sockets.size === 0) startLingering(deps, state);
  });
  onMessage(socket, Request, (request) => {
    if (request.token !== deps.token) socket.destroy();
    else if (state.isStopping) send(socket, { tell: 'stopping' });
    else if (request.ask === 'attach') attach(state, socket);
    else stop(deps, state, socket);
  });
}

function attach(state: State, socket: Socket): void {
  clearTimeout(state.timer);
  state.sockets.add(socket);
  for (const news of state.told) send(socket, news);
}

/** One that asks to stop does not count itself. */
function stop(deps: Deps, state: State, socket: Socket): void {
  state.sockets.delete(socket);
  if (state.sockets.size > 0) {
    send(socket, { tell: 'inUse', attached: state.sockets.size });
    return;
  }
  send(socket, { tell: 'stopping' });
  deps.onUnused();
}

function startLingering({ lingerMs, onUnused }: Deps, state: State): void {
  clearTimeout(state.timer);
  state.timer = setTimeout(onUnused, lingerMs);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port to listen on'));
      else resolve(address.port);
    });
  });
}

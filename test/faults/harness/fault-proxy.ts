import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Which bytes of a client start what is waited for, as they are on the wire. */
export type Match = Buffer | string;

/** A reply that the server has written and the client has not got. */
export type HeldReply = {
  /** The client's connection ends instead. */
  cut(): void;
  /** The reply goes on as if nothing had been. */
  release(): void;
};

/** Stands between a service and a store, on this machine only, and does to their connections what networks do. */
export type FaultProxy = {
  port: number;
  /** Ends every connection; new ones are taken. */
  cut(): void;
  /** New connections end at once, until it is turned off. */
  refuse(isRefusing: boolean): void;
  /** Every chunk of either direction comes so much later. */
  delay(forMs: number): void;
  /** One direction carries nothing more until it is turned off; nobody is told. */
  freeze(direction: 'toServer' | 'toClient', isFrozen: boolean): void;
  /** The reply to the next request that holds these bytes is kept here once it has come. */
  holdReplyTo(match: Match): Promise<HeldReply>;
  connections(): number;
  close(): Promise<void>;
};

type Line = { client: Socket; server: Socket; waiting: Buffer[]; armed?: (reply: HeldReply) => void };
type Arming = { match: Match; resolve: (reply: HeldReply) => void };
type State = { lines: Set<Line>; refusing: boolean; delayMs: number; frozen: Set<string>; armings: Arming[] };

export async function openFaultProxy(target: { host: string; port: number }): Promise<FaultProxy> {
  const state: State = { lines: new Set(), refusing: false, delayMs: 0, frozen: new Set(), armings: [] };
  const server = createServer((client) => {
    client.on('error', () => client.destroy());
    if (state.refusing) client.destroy();
    else openLine(state, client, connect(target));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const cut = () => {
    for (const line of state.lines) endLine(state, line);
  };
  return {
    port: address.port,
    cut,
    refuse: (isRefusing) => {
      state.refusing = isRefusing;
    },
    delay: (forMs) => {
      state.delayMs = forMs;
    },
    freeze: (direction, isFrozen) => freeze(state, direction, isFrozen),
    holdReplyTo: (match) => new Promise((resolve) => void state.armings.push({ match, resolve })),
    connections: () => state.lines.size,
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

function openLine(state: State, client: Socket, server: Socket): void {
  const line: Line = { client, server, waiting: [] };
  state.lines.add(line);
  for (const socket of [client, server]) {
    socket.setNoDelay(true);
    socket.on('error', () => endLine(state, line));
    socket.on('close', () => endLine(state, line));
  }
  client.on('data', (chunk: Buffer) => {
    arm(state, line, chunk);
    later(state, () => server.write(chunk));
  });
  server.on('data', (chunk: Buffer) => {
    if (line.armed === undefined) later(state, () => client.write(chunk));
    else hold(state, line, chunk);
  });
  if (state.frozen.has('toServer')) client.pause();
  if (state.frozen.has('toClient')) server.pause();
}

function later(state: State, act: () => void): void {
  if (state.delayMs === 0) act();
  else setTimeout(act, state.delayMs);
}

function arm(state: State, line: Line, chunk: Buffer): void {
  const at = state.armings.findIndex(({ match }) => chunk.includes(match));
  const [arming] = at < 0 ? [] : state.armings.splice(at, 1);
  if (arming !== undefined) line.armed = arming.resolve;
}

/** What comes while it is held waits behind it. */
function hold(state: State, line: Line, chunk: Buffer): void {
  line.waiting.push(chunk);
  if (line.waiting.length > 1) return;
  line.armed?.({
    cut: () => endLine(state, line),
    release: () => {
      delete line.armed;
      for (const waiting of line.waiting.splice(0)) line.client.write(waiting);
    },
  });
}

function freeze(state: State, direction: 'toServer' | 'toClient', isFrozen: boolean): void {
  if (isFrozen) state.frozen.add(direction);
  else state.frozen.delete(direction);
  for (const { client, server } of state.lines) {
    const source = direction === 'toServer' ? client : server;
    if (isFrozen) source.pause();
    else source.resume();
  }
}

function endLine(state: State, line: Line): void {
  state.lines.delete(line);
  line.client.destroy();
  line.server.destroy();
}

import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { hasCode } from './has-code.ts';
import { answerClientError, rawProblem } from './reply/raw-problem.ts';

export type ListenOptions = {
  app: RequestListener;
  host: string;
  port: number;
  /** How many ports to try from `port` on; 1 by default. */
  ports?: number;
  timeouts?: Partial<ServerTimeouts>;
  maxConnections?: number;
};

type ServerTimeouts = { headersMs: number; requestMs: number; keepAliveMs: number; checkEveryMs: number };

export type Listening = {
  host: string;
  port: number;
  url: string;
  /** From now on every answer tells its client to send no other request over this connection. */
  drain(): void;
  /** Takes no new connection, lets running requests end within the deadline, then cuts what is left. */
  close(deadlineMs: number): Promise<void>;
};

// The whole request may take a little longer than the slowest body a route allows, which answers for itself.
const defaults: ServerTimeouts = { headersMs: 10_000, requestMs: 40_000, keepAliveMs: 65_000, checkEveryMs: 1000 };
const maxHeaderBytes = 16 * 1024;

export async function listen(options: ListenOptions): Promise<Listening> {
  const timeouts = { ...defaults, ...options.timeouts };
  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      keepAliveTimeout: timeouts.keepAliveMs,
      connectionsCheckingInterval: timeouts.checkEveryMs,
      // The app answers this with a problem; node would send a bare 400.
      requireHostHeader: false,
    },
    options.app,
  );
  server.maxConnections = options.maxConnections ?? 10_000;
  answerBelowHttp(server);
  const drain = drainable(server);
  const port = await bind(server, options);
  const shownHost = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    host: options.host,
    port,
    url: `http://${shownHost}:${port}`,
    drain,
    close: (deadlineMs) => {
      drain();
      return closeServer(server, deadlineMs);
    },
  };
}

/** What node refuses before there is a request: answered as problems too. */
function answerBelowHttp(server: Server): void {
  const current = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => current.set(request.socket, response));
  server.on('clientError', (fault: NodeJS.ErrnoException, socket: Duplex) =>
    answerClientError(fault, socket, current.get(socket)),
  );
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.end(rawProblem(405, 'method_not_allowed', 'CONNECT is not answered here.'));
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    response.socket?.end(rawProblem(417, 'expectation_failed', 'Only "100-continue" can be expected.'));
  });
}

/** A client that is told before the door closes does not lose a request to a connection that ends under its hands. */
function drainable(server: Server): () => void {
  const open = new Set<ServerResponse>();
  const state = { isDraining: false };
  const tell = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    if (state.isDraining) tell(response);
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  return () => {
    state.isDraining = true;
    for (const response of open) tell(response);
  };
}

async function bind(server: Server, { host, port, ports = 1 }: ListenOptions): Promise<number> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await bindOnce(server, host, port + tried);
    } catch (fault) {
      if (!hasCode(fault, 'EADDRINUSE') || tried + 1 >= ports) throw fault;
    }
  }
}

function bindOnce(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(portOf(server.address()));
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function closeServer(server: Server, deadlineMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // A kept-alive connection becomes idle only when its last answer is out, so idleness is looked for again and again.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    const cut = setTimeout(() => server.closeAllConnections(), deadlineMs);
    server.close((fault) => {
      clearInterval(idle);
      clearTimeout(cut);
      if (fault === undefined) resolve();
      else reject(fault);
    });
  });
}

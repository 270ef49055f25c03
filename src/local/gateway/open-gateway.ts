// Opens the engine and the HTTP server in front of it, and closes both in order.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAnalystAdmission } from './analyst/analyst-admission.ts';
import { openEngine } from './engine/open-engine.ts';
import { writerAdmission } from './http/admission.ts';
import { type Answering, answerRequest } from './http/answer-request.ts';

export type GatewayOptions = {
  host: string;
  port: number;
  dataFolder: string;
  password: string;
  analystPassword: string;
};

export type Gateway = { url: string; close(): Promise<void> };

const limits = {
  sessions: 8,
  maxWaiting: 256,
  maxBodyBytes: 1024 ** 3,
  maxFormBytes: 64 * 1024 ** 2,
  // Parameters travel in the URL, so lines are long.
  maxHeaderBytes: 4 * 1024 ** 2,
  idleConnectionMs: 30_000,
  // Less than what a supervisor waits before it kills.
  closeMs: 3_500,
};

const defaultDatabase = 'sharetrail';

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(`http://${host}:${typeof address === 'object' && address !== null ? address.port : port}`);
    });
  });
}

function openServer(answering: Answering): Server {
  const server = createServer(
    { maxHeaderSize: limits.maxHeaderBytes, keepAliveTimeout: limits.idleConnectionMs, requestTimeout: 0 },
    (request, response) => {
      void answerRequest(answering, request, response);
    },
  );
  return server;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), limits.closeMs);
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });
}

export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { sessions, maxWaiting, maxBodyBytes, maxFormBytes } = limits;
  const engine = await openEngine({
    dataFolder: options.dataFolder,
    sessions,
    maxWaiting,
    databases: [defaultDatabase],
  });
  const analyst = await openAnalystAdmission({ engine, databases: [defaultDatabase], defaultDatabase });
  const server = openServer({
    engine,
    credentials: [
      { name: 'sharetrail', password: options.password, role: 'writer' },
      { name: 'analyst', password: options.analystPassword, role: 'analyst' },
    ],
    defaultDatabase,
    displayName: 'sharetrail',
    maxBodyBytes,
    maxFormBytes,
    admissions: { writer: writerAdmission, analyst },
  });
  const url = await listen(server, options.host, options.port);
  return {
    url,
    close: async () => {
      await closeServer(server);
      await engine.close();
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TestGateway = {
  url: string;
  password: string;
  analystPassword: string;
  dataFolder: string;
  process: ChildProcess;
  stop(): Promise<void>;
};

const root = join(import.meta.dirname, '../../..');
const main = join(root, 'src/local/gateway/main.ts');

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

export function spawnGateway(port: number, dataFolder: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', main], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      GATEWAY_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      GATEWAY_DATA: dataFolder,
      GATEWAY_PASSWORD: 'writer-password',
      GATEWAY_ANALYST_PASSWORD: 'analyst-password',
      UV_THREADPOOL_SIZE: '32',
    },
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await (await fetch(`${url}/ping`)).text()) === 'Ok.\n';
  } catch {
    return false;
  }
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the gateway ended: ${errors.join('')}`);
    if (await answers(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the gateway did not answer within 20 s');
}

export async function startGateway(): Promise<TestGateway> {
  const port = await findFreePort();
  const dataFolder = mkdtempSync(join(tmpdir(), 'sharetrail-gateway-test-'));
  const child = spawnGateway(port, dataFolder);
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(url, child);
  return {
    url,
    password: 'writer-password',
    analystPassword: 'analyst-password',
    dataFolder,
    process: child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        const hung = setTimeout(() => child.kill('SIGKILL'), 15_000);
        await once(child, 'exit');
        clearTimeout(hung);
      }
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

export type TestServer = { url: string; user: string; password: string; stop(): Promise<void> };

/** The server that the environment names, so that the contract can be held against a real one; else a gateway of our own. */
export async function contractServer(): Promise<TestServer> {
  const url = process.env['CLICKHOUSE_URL'];
  if (url !== undefined && url !== '') {
    const user = process.env['CLICKHOUSE_USER'] ?? 'default';
    return { url, user, password: process.env['CLICKHOUSE_PASSWORD'] ?? '', stop: () => Promise.resolve() };
  }
  const gateway = await startGateway();
  return { url: gateway.url, user: 'sharetrail', password: gateway.password, stop: gateway.stop };
}

export type Asking = {
  user?: string;
  password?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
};

/** A plain POST, as curl would send it. */
export function ask(
  url: string,
  statement: string | Uint8Array<ArrayBuffer>,
  { user, password, query, headers }: Asking,
): Promise<Response> {
  const search = new URLSearchParams(query).toString();
  return fetch(`${url}/?${search}`, {
    method: 'POST',
    body: statement,
    headers: { 'X-ClickHouse-User': user ?? 'sharetrail', 'X-ClickHouse-Key': password ?? '', ...headers },
  });
}

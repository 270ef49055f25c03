import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { writePrivateFile } from '../../write-private-file.ts';
import type { Store } from './store.ts';

type Deps = { home: string; redisServer: string; password: string; maxMemory: string };

const answerTimeoutMs = 2000;

export function redisStore({ home, redisServer, password, maxMemory }: Deps): Store {
  const folder = join(home, 'redis');
  const configPath = join(folder, 'redis.conf');
  return {
    name: 'redis',
    wantedPort: 6379,
    stopTimeoutMs: 5000,
    async prepare(port) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writePrivateFile(configPath, settings({ port, folder, password, maxMemory }));
    },
    command: () => ({ file: redisServer, args: [configPath], cwd: folder, env: {} }),
    isHealthy: (port) => answersPing(port, password),
  };
}

/** An accepted event is answered for only once it is on the disk, and nothing may be evicted to make room. */
function settings({
  port,
  folder,
  password,
  maxMemory,
}: {
  port: number;
  folder: string;
  password: string;
  maxMemory: string;
}): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    'daemonize no',
    'save ""',
    'appendonly yes',
    'appendfsync always',
    'no-appendfsync-on-rewrite no',
    'auto-aof-rewrite-min-size 1gb',
    `maxmemory ${maxMemory}`,
    'maxmemory-policy noeviction',
    'lazyfree-lazy-server-del yes',
    'lazyfree-lazy-user-del yes',
    '',
  ].join('\n');
}

/** Over a bare socket: it tells more than a client that connects again and again by itself. */
function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let answer = '';
    const end = (healthy: boolean) => {
      socket.destroy();
      resolve(healthy);
    };
    socket.setTimeout(answerTimeoutMs, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      if (answer.startsWith('-') || answer.includes('\n-')) end(false);
      if (answer.includes('+PONG')) end(true);
    });
  });
}

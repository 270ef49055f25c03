import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../query/root.ts';
import { findEntry } from '../../find-entry.ts';
import type { Store } from './store.ts';

type Deps = { home: string; password: string; analystPassword: string };

const answerTimeoutMs = 2000;
// More than the gateway has sessions, or as many slow queries as there are threads would hold up everything else.
const threads = '32';

export function clickhouseStore({ home, password, analystPassword }: Deps): Store {
  const folder = join(home, 'clickhouse');
  return {
    name: 'clickhouse',
    wantedPort: 8123,
    stopTimeoutMs: 6000,
    async prepare() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    },
    command: (port) => ({
      file: process.execPath,
      args: findEntry(join('gateway', 'main')),
      cwd: packageRoot,
      env: {
        GATEWAY_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        GATEWAY_DATA: folder,
        GATEWAY_PASSWORD: password,
        GATEWAY_ANALYST_PASSWORD: analystPassword,
        UV_THREADPOOL_SIZE: threads,
      },
    }),
    isHealthy: answersPing,
  };
}

async function answersPing(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/ping`, { signal: AbortSignal.timeout(answerTimeoutMs) });
    return (await answer.text()) === 'Ok.\n';
  } catch {
    return false;
  }
}

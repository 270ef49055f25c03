import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openPsql, type Psql } from './open-psql.ts';

/** A cluster of the benchmark's own behind a socket in a folder of its own, gone when it is closed. */
export type Postgres = { version: string; folder: string; psql: Psql; close(): Promise<void> };

export type PostgresOutcome = { kind: 'open'; postgres: Postgres } | { kind: 'absent'; reason: string };

const startTimeoutMs = 30_000;
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/lib/postgresql/15/bin`, LC_ALL: 'C.UTF-8' };

/** The settings are the default ones but for the memory for pages, which is small by default. */
export async function openPostgres(): Promise<PostgresOutcome> {
  const missing = ['initdb', 'postgres', 'psql'].filter((name) => spawnSync(name, ['--version'], { env }).error);
  if (missing.length > 0) return { kind: 'absent', reason: `no ${missing.join(', ')} on the PATH` };
  const owner = findOwner();
  if (owner === null) return { kind: 'absent', reason: 'it refuses to run as root, and there is no other user' };
  const folder = mkdtempSync(join(tmpdir(), 'sharetrail-postgres-'));
  chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const made = spawnSync('initdb', ['-D', data, '-A', 'trust', '-U', 'bench', '--no-sync'], {
    ...owner,
    env,
    cwd: folder,
  });
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return { kind: 'absent', reason: `initdb ended with ${made.status}: ${made.stderr.toString().slice(0, 300)}` };
  }
  const server = spawn(
    'postgres',
    ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'shared_buffers=256MB'],
    {
      ...owner,
      env,
      cwd: folder,
      stdio: 'ignore',
    },
  );
  const remove = async () => {
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitForSocket(folder, server);
  } catch (fault) {
    await remove();
    throw fault;
  }
  const psql = openPsql({ folder, env });
  const [version = ''] = await psql.ask('SHOW server_version');
  const close = async () => {
    await psql.close();
    await remove();
  };
  return { kind: 'open', postgres: { version, folder, psql, close } };
}

type Owner = { uid: number; gid: number };

/** Whoever runs this, or for root one of the users who own nothing that matters. */
function findOwner(): Owner | null {
  const own = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (own.uid !== 0) return own;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((option) => Number(spawnSync('id', [option, name]).stdout || Number.NaN));
    if (uid !== undefined && gid !== undefined && uid > 0 && gid > 0) return { uid, gid };
  }
  return null;
}

async function waitForSocket(folder: string, server: ChildProcess): Promise<void> {
  const endsAt = performance.now() + startTimeoutMs;
  const isReady = () =>
    spawnSync('psql', ['-h', folder, '-U', 'bench', '-d', 'postgres', '-c', ''], { env }).status === 0;
  while (!existsSync(join(folder, '.s.PGSQL.5432')) || !isReady()) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    if (performance.now() > endsAt) throw new Error('postgres does not answer');
    await delay(50);
  }
}

/** It disconnects whoever is there and ends. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  await ended;
}

import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { packageRoot } from '../query/root.ts';
import { findSupervisor } from './attach/supervisor-record.ts';
import { locateHome } from './locate-home.ts';

export type Check = { name: string; ok: boolean; detail: string };

/** `command` is the one that installs what is missing; undefined where nothing is, or where no command can help. */
export type Diagnosis = { ok: boolean; checks: Check[]; command: string | undefined };

const run = promisify(execFile);
const leastFreeBytes = 2_000_000_000;

const Machine = z.object({
  redisServer: z.string().optional(),
  java: z.string().optional(),
  maven: z.string().optional(),
  neo4jFolder: z.string(),
  hasNeo4j: z.boolean(),
  node: z.string(),
  glibc: z.string().optional(),
  hasPackages: z.boolean(),
  freeDiskBytes: z.number(),
  installCommand: z.string().optional(),
});

type Machine = z.infer<typeof Machine>;

/** What the local stack needs and whether it is here; changes nothing. */
export async function runDoctor(home: string = locateHome()): Promise<Diagnosis> {
  const machine = await readMachine();
  const checks = [...checkPrograms(machine), ...checkPlaces(machine, home)];
  const fetches = machine.hasNeo4j && machine.hasPackages ? undefined : 'npm start';
  return { ok: checks.every(({ ok }) => ok), checks, command: machine.installCommand ?? fetches };
}

/** The set-up's own search, which has to be plain JavaScript, in a process of its own. */
async function readMachine(): Promise<Machine> {
  const script = join(packageRoot, 'src', 'local', 'setup', 'print-machine.mjs');
  const { stdout } = await run(process.execPath, [script]);
  return Machine.parse(JSON.parse(stdout));
}

function checkPrograms(machine: Machine): Check[] {
  const { redisServer, java, maven, hasNeo4j, neo4jFolder, glibc } = machine;
  return [
    { name: 'node', ok: true, detail: machine.node },
    {
      name: 'npm packages',
      ok: machine.hasPackages,
      detail: machine.hasPackages ? 'current' : 'npm start installs them',
    },
    { name: 'redis-server', ok: redisServer !== undefined, detail: redisServer ?? 'missing, or older than 6.2' },
    { name: 'java', ok: java !== undefined, detail: java ?? 'missing, or older than 17' },
    { name: 'neo4j', ok: hasNeo4j, detail: hasNeo4j ? neo4jFolder : 'npm start fetches its jars with Maven' },
    {
      name: 'maven',
      ok: hasNeo4j || maven !== undefined,
      detail: maven ?? (hasNeo4j ? 'no longer needed' : 'missing'),
    },
    checkClickhouseEngine(glibc),
  ];
}

/** The engine's package is built against glibc on Linux. */
function checkClickhouseEngine(glibc: string | undefined): Check {
  const ok = process.platform === 'darwin' || glibc !== undefined;
  return {
    name: 'clickhouse engine',
    ok,
    detail: ok ? `glibc ${glibc ?? 'not needed here'}` : 'needs a Linux with glibc',
  };
}

function checkPlaces({ freeDiskBytes }: Machine, home: string): Check[] {
  const writable = isWritable(home);
  const supervisor = findSupervisor(home);
  return [
    { name: 'home', ok: writable, detail: writable ? home : `${home} cannot be written` },
    { name: 'disk', ok: freeDiskBytes >= leastFreeBytes, detail: `${Math.floor(freeDiskBytes / 1_000_000)} MB free` },
    {
      name: 'stack',
      ok: true,
      detail: supervisor === undefined ? 'not running' : `running, supervisor ${supervisor.pid}`,
    },
  ];
}

/** Asked of the nearest folder that is there already, because the doctor makes none. */
function isWritable(path: string): boolean {
  if (!existsSync(path)) return isWritable(dirname(path));
  try {
    accessSync(path, constants.W_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

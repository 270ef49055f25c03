import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const packages = join(tmpdir(), 'sharetrail-clickhouse-connect');

export type PythonRun = { ok: boolean; output: string };

/** Python with clickhouse-connect at hand, which pip puts into a folder of the tests. */
export function runPython(args: readonly string[], variables: Readonly<Record<string, string>> = {}): PythonRun {
  const { status, stdout, stderr } = spawnSync('python3', args, {
    env: { ...process.env, PYTHONPATH: packages, ...variables },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}` };
}

/** Why clickhouse-connect cannot be used here; undefined where it can. */
export function missingClickhouseConnect(): string | undefined {
  if (!runPython(['-c', 'print(1)']).ok) return 'python3 is absent';
  if (runPython(['-c', 'import clickhouse_connect']).ok) return undefined;
  if (!existsSync(packages)) {
    spawnSync('python3', ['-m', 'pip', 'install', '--quiet', '--target', packages, 'clickhouse-connect'], {
      timeout: 120_000,
    });
  }
  return runPython(['-c', 'import clickhouse_connect']).ok
    ? undefined
    : 'clickhouse-connect cannot be installed by pip';
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';

/** Every file of the repository, tracked or about to be. */
export function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: packageRoot });
  return listed
    .toString()
    .split('\n')
    .filter((path) => path !== '');
}

export function readRepositoryFile(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8');
}

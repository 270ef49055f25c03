import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { readRepositoryFile, repositoryFiles } from './repository-files.ts';

const files = repositoryFiles().filter((path) => existsSync(join(packageRoot, path)));
const code = files.filter((path) => /^(src|test|bench)\/.*\.(ts|mjs|cjs|js)$/.test(path));

describe('the house', () => {
  test('has no escape hatches', () => {
    const hatches =
      /@ts-(ignore|expect-error|nocheck)|\bas any\b|: any\b|<any>|(test|it|describe)\.(skip|only|todo)\(|\bx(it|test|describe)\(/;
    const found = code.filter((path) => path !== 'test/rules/house.test.ts' && hatches.test(readRepositoryFile(path)));
    expect(found).toEqual([]);
  });

  test('keeps the environment to the config, the local stack and the set-up of tests and benchmarks', () => {
    const readers = code.filter((path) => path.startsWith('src/') && /process\.env\b/.test(readRepositoryFile(path)));
    const allowed = /^src\/(local\/|main\.ts$|command\/)/;
    expect(readers.filter((path) => !allowed.test(path))).toEqual([]);
  });

  test('keeps files short', () => {
    const long = code.filter((path) => readRepositoryFile(path).split('\n').length > 280);
    expect(long).toEqual([]);
  });

  test('keeps folders to one screen', () => {
    const counts = new Map<string, number>();
    for (const path of code.filter((name) => name.startsWith('src/'))) {
      const folder = path.slice(0, path.lastIndexOf('/'));
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count > 14)).toEqual([]);
  });

  test('keeps download addresses out of the lock file', () => {
    expect(readRepositoryFile('package-lock.json')).not.toMatch(/"resolved"/);
  });

  test('has a walk whose every path exists', () => {
    for (const page of ['ARCHITECTURE.md', 'AGENTS.md', 'README.md', 'CONTRIBUTING.md']) {
      const paths = [
        ...readRepositoryFile(page).matchAll(/`((?:src|cypher|clickhouse|test|bench|docs)\/[^`\s*<>{}]*)`/g),
      ];
      const missing = paths.map((match) => match[1] ?? '').filter((path) => !existsSync(join(packageRoot, path)));
      expect([page, missing]).toEqual([page, []]);
    }
  });

  test('keeps AGENTS.md under 100 lines', () => {
    expect(readRepositoryFile('AGENTS.md').split('\n').length).toBeLessThan(100);
  });
});

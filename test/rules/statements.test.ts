import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { readRepositoryFile, repositoryFiles } from './repository-files.ts';

type Header = { what: string; params: string[]; rows: string[] };

const statementFiles = repositoryFiles().filter((path) => /^(cypher|clickhouse)\/.*\.(cypher|sql)$/.test(path));
// Applied by their numbers, or by nobody: no code names one of these.
const schemaFile = /^(cypher|clickhouse)\/(schema|access|access-examples)\//;
const queryFiles = statementFiles.filter((path) => !schemaFile.test(path) && existsSync(join(packageRoot, path)));
const sources = repositoryFiles()
  .filter((path) => /^src\/.*\.ts$/.test(path) && existsSync(join(packageRoot, path)))
  .map((path) => ({ path, text: readRepositoryFile(path) }));

function readHeader(text: string): Header {
  const comments = text
    .split('\n')
    .filter((line) => /^(--|\/\/)/.test(line))
    .map((line) => line.replace(/^(--|\/\/)\s?/, ''));
  const interface_ = comments.find((line) => line.startsWith('params: ')) ?? '';
  const [params = '', rows = ''] = interface_.replace('params: ', '').split(' · rows: ');
  return { what: comments[0] ?? '', params: namesIn(params), rows: namesIn(rows) };
}

function namesIn(list: string): string[] {
  return list === 'none' || list === '' ? [] : list.split(', ').sort();
}

function placeholders(path: string, text: string): string[] {
  const body = text.replace(/^(--|\/\/).*$/gm, '');
  const pattern = path.endsWith('.sql') ? /\{(\w+):/g : /\$(\w+)/g;
  return [...new Set([...body.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();
}

describe('statement files', () => {
  test.each(statementFiles)('%s says what it does, its params and its rows', (path) => {
    const header = readHeader(readRepositoryFile(path));
    expect(header.what.length).toBeGreaterThan(10);
    expect(readRepositoryFile(path)).toMatch(/params: .* · rows: .*/);
  });

  test.each(queryFiles)('%s has the placeholders its header names', (path) => {
    const text = readRepositoryFile(path);
    expect(placeholders(path, text)).toEqual(readHeader(text).params);
  });

  test.each(queryFiles)('%s is used by exactly one exported statement', (path) => {
    const uses = sources.filter(({ text }) => text.includes(`'${path}'`));
    expect(uses.map((use) => use.path)).toHaveLength(1);
    expect(uses[0]?.text).toMatch(/export const \w+Statement = statement\(/);
  });

  test('every exported statement agrees with its header', async () => {
    const statements = await loadStatements();
    expect(statements.length).toBe(queryFiles.length);
    for (const { path, params, row, text } of statements) {
      const header = readHeader(text);
      expect([path, Object.keys(params.shape).sort()]).toEqual([path, header.params]);
      expect([path, Object.keys(row.shape).sort()]).toEqual([path, header.rows]);
    }
  });
});

type Loaded = { path: string; text: string; params: { shape: object }; row: { shape: object } };

async function loadStatements(): Promise<Loaded[]> {
  const loaded: Loaded[] = [];
  for (const { path, text } of sources) {
    if (!text.includes('= statement(')) continue;
    const module: Record<string, unknown> = await import(join(packageRoot, path));
    for (const value of Object.values(module)) if (isStatement(value)) loaded.push(value);
  }
  return loaded;
}

function isStatement(value: unknown): value is Loaded {
  return typeof value === 'object' && value !== null && 'path' in value && 'row' in value && 'params' in value;
}

import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { type FilledStores, openFilledStores } from '../verify/filled-stores.ts';
import { original, share } from '../verify/story.ts';
import { readExamples, readPage, withAnswers } from './read-examples.ts';

const page = readPage('exports.md');
const examples = readExamples(page);
const firstMs = Date.UTC(2026, 0, 31, 12);
const folder = mkdtempSync(join(tmpdir(), 'exports-'));

/** The examples of the page in turn, against stores of this test that hold one cascade. */
describe('the page about exports', () => {
  let stores: FilledStores;
  const answers: string[] = [];

  beforeAll(async () => {
    stores = await openFilledStores(1_000_000);
    const copies = [
      share('root', '=copy', { atMs: firstMs + 60_000 }),
      share('=copy', 'third', { atMs: firstMs + 3_600_000 }),
    ];
    await stores.accept([original('root', 'e-root', firstMs), ...copies]);
    await stores.settle();
  }, 90_000);
  afterAll(() => stores.close());

  test.each(examples.map((example, index) => [example.command, index] as const))(
    '%s',
    async (command, index) => {
      answers[index] = await run(command);
      if (process.env['UPDATE_DOCS'] !== '1') expect(answers[index]).toBe(examples[index]?.answer);
    },
    60_000,
  );

  test('is written anew where that is asked for', () => {
    expect(examples.length).toBeGreaterThan(2);
    if (process.env['UPDATE_DOCS'] === '1') {
      writeFileSync(join(packageRoot, 'docs', 'exports.md'), withAnswers(page, examples, answers));
    }
  });

  /** What a command prints on standard output. How many bytes the store makes of the rows is its own affair. */
  function run(command: string): Promise<string> {
    const main = [
      process.execPath,
      '--import',
      join(packageRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs'),
      join(packageRoot, 'src', 'main.ts'),
    ].join(' ');
    const line = command.replace(/^npx sharetrail/, main);
    return new Promise((resolve, reject) => {
      execFile('bash', ['-c', line], { env: stores.variables, cwd: folder }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout.replace(/"bytes":\d+/, '"bytes":3209').replaceAll(`${folder}/`, ''));
        else reject(new Error(`${error.message}\n${stderr}`));
      });
    });
  }
});

import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../src/query/root.ts';
import { type FilledStores, openFilledStores } from './filled-stores.ts';
import { original, share } from './story.ts';

let stores: FilledStores;
const folder = mkdtempSync(join(tmpdir(), 'verify-'));

beforeAll(async () => {
  stores = await openFilledStores(1_000_000);
  await stores.accept([original('root'), share('root', 'copy'), share('copy', 'copy-of-copy')]);
  await stores.settle();
  await stores.stopProjecting();
}, 180_000);

afterAll(async () => {
  await stores.close();
});

type Ended = { code: number; stdout: string; stderr: string };

function run(args: string[], variables: Record<string, string> = {}): Promise<Ended> {
  const command = ['--import', 'tsx', join(packageRoot, 'src/main.ts'), 'verify', ...args];
  const env = { ...stores.variables, ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env, cwd: packageRoot }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const document = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({ name: z.string(), ok: z.boolean(), examples: z.array(z.object({ subject: z.string() })) }),
  ),
});

function fileOf(name: string, lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

describe('sharetrail verify', () => {
  test('ends with 0 when everything holds, in lines for people', async () => {
    const acked = fileOf('acked.txt', ['e-root', '{"eventId":"e-copy"}', 'e-copy-of-copy']);
    const state = join(folder, 'state.json');
    const args = ['--wait', '20', '--acked', acked, '--only-acked', '--state', state];
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok {7}every accept number ended once \(I1, I12\): 3 looked at$/m);
    expect(stdout).toMatch(/all \d+ checks hold, up to accept number 3 of 3, in [\d.]+ s/);
    const again = await run(['--state', state, '--json']);
    expect(again.code).toBe(0);
    expect(document.parse(JSON.parse(again.stdout)).checks.map((check) => check.name)).toContain(
      'no cursor moved back since the last run',
    );
  }, 120_000);

  test('ends with 1 when something differs, and names it', async () => {
    const { code, stdout } = await run(['--json', '--acked', fileOf('more.txt', ['e-root', 'never-arrived'])]);
    expect(code).toBe(1);
    const { ok, checks } = document.parse(JSON.parse(stdout));
    expect(ok).toBe(false);
    expect(checks.filter((check) => !check.ok)).toEqual([
      { name: 'every acknowledged id is there once', ok: false, examples: [{ subject: 'never-arrived' }] },
    ]);
  }, 60_000);

  test.each([
    ['a store that is down', ['--json'], { NEO4J_URL: 'bolt://127.0.0.1:1' }, /neo4j does not answer/],
    ['a file that is not there', ['--json', '--acked', '/nowhere/acked.txt'], {}, /ENOENT/],
    ['a time that is none', ['--json', '--since', 'yesterday'], {}, /--since is a time such as/],
  ])(
    'ends with 2 for %s',
    async (_what, args, variables, reason) => {
      const { code, stdout, stderr } = await run(args, variables);
      expect(code).toBe(2);
      expect(stderr).toMatch(reason);
      expect(document.parse(JSON.parse(stdout)).ok).toBe(false);
    },
    60_000,
  );
});

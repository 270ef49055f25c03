import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { type FilledStores, openFilledStores } from '../verify/filled-stores.ts';

let stores: FilledStores;
const folder = mkdtempSync(join(tmpdir(), 'keep-'));

beforeAll(async () => {
  stores = await openFilledStores(1_000_000);
  await stores.facts.command(`
    INSERT INTO events (accept_seq, accepted_at, event_id, digest, event_name, data, metadata)
    SELECT number + 1, toDateTime64('2026-01-31 23:59:59.999', 3, 'UTC') + number, toString(number), number, 'post_view', '{}', '{}'
    FROM numbers(3)`);
}, 90_000);
afterAll(() => stores.close());

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = ['--import', 'tsx', join(packageRoot, 'src/main.ts'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env: stores.variables, cwd: packageRoot }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

test('sharetrail archive writes a month and brings it back', async () => {
  const written = await run('archive', '--month', '2026-01', '--out', folder, '--json');
  expect(written.stderr).toMatch(/waiting for the turn/);
  expect(JSON.parse(written.stdout)).toMatchObject({ month: '2026-01', rows: 1, firstSeq: 1, lastSeq: 1 });
  expect(readdirSync(folder).sort()).toEqual(['events-2026-01.json', 'events-2026-01.parquet']);
  await stores.facts.command("ALTER TABLE events DROP PARTITION ID '202601'");
  const restored = await run('archive', '--restore', join(folder, 'events-2026-01.json'));
  expect(restored.stdout).toBe('2026-01: 1 of 1 events restored, 0 were there\n');
}, 90_000);

test.each([
  [['archive', '--month', '2999-01', '--out', folder], /2999-01 has not ended/],
  [['archive', '--month', 'May'], /say --month and --out, or --restore/],
  [['archive', '--month', 'May', '--out', folder], /a month is written as 2026-01, not May/],
  [['archive', '--month', '2025-01', '--out', folder], /no events that were accepted in 2025-01/],
  [['archive', '--restore', join(folder, 'nothing.parquet')], /ENOENT/],
  [['export', '--table', 'people', '--format', 'csv'], /--table is one of events, .* not people/],
  [['export', '--table', 'events', '--format', 'xls'], /--format is one of .* not xls/],
  [['export', '--table', 'events'], /required option '--format/],
  [['export', '--table', 'events', '--format', 'csv', '--out', join(folder, 'none', 'x.csv')], /ENOENT/],
])(
  'sharetrail %j is refused in words',
  async (args, reason) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(reason);
  },
  60_000,
);

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../../src/query/root.ts';
import { type FilledStores, openFilledStores } from '../../verify/filled-stores.ts';

let stores: FilledStores;

beforeAll(async () => {
  stores = await openFilledStores(1_000_000);
  await stores.accept(
    ['ann', 'bob'].map((userId) => ({
      eventId: `view of ${userId}`,
      eventName: 'post_view',
      userId,
      timestamp: new Date(Date.now() - 3_600_000).toISOString(),
      data: { postId: 'p', viewDurationMs: 4000 },
    })),
  );
  await stores.settle();
  // The command has to find the place of its own tally free, or one that stands still when it is asked to.
  await stores.facts.command("INSERT INTO engagement_days (day, post_id, views) VALUES (today(), 'p', 5)");
}, 120_000);
afterAll(() => stores.close());

function run(...args: string[]): Promise<{ code: number; stdout: string }> {
  const command = ['--import', 'tsx', join(packageRoot, 'src/main.ts'), 'recount', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env: stores.variables, cwd: packageRoot }, (error, stdout) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout });
    });
  });
}

test('sharetrail recount says what differs, changes nothing when only asked to look, and puts it right', async () => {
  const looked = await run('--dry-run', '--json');
  expect(looked.code).toBe(1);
  expect(JSON.parse(looked.stdout)).toMatchObject({ dryRun: true, found: [{ table: 'engagement_days' }] });
  const mended = await run('--months', '1');
  expect(mended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^engagement_days \d{6}: .*\nput right\n$/) });
  expect(await run()).toEqual({ code: 0, stdout: 'all counts are as the facts make them\n' });
}, 180_000);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { type Analysts, openAnalysts } from '../analysts/open-analysts.ts';
import { missingClickhouseConnect, runPython } from '../setup/clickhouse-connect.ts';
import { notRunHere } from '../setup/not-run-here.ts';
import { readPage } from './read-examples.ts';

const path = join(packageRoot, 'docs', 'examples', 'ask_views.py');

test('the page for analysts shows the Python example as it is', () => {
  expect(readPage('analysts.md')).toContain(`\`\`\`python\n${readFileSync(path, 'utf8')}\`\`\``);
});

const missing = missingClickhouseConnect();
if (missing !== undefined) notRunHere('the Python example for analysts', missing);
else {
  describe('the Python example', () => {
    let analysts: Analysts;
    beforeAll(async () => {
      analysts = await openAnalysts();
      const shares = ['s1', 's2'].map((id, at) => `('p1', ${at + 1}, '${id}', 'p1', 1, 'ben', '2026-03-02 10:00:00')`);
      await analysts.write(
        `INSERT INTO lineage (root_id, seq, post_id, parent_id, depth, account_id, shared_at) VALUES ${shares.join(', ')}`,
      );
    }, 90_000);
    afterAll(() => analysts.close());

    test('asks as the analyst', () => {
      const variables = { CLICKHOUSE_URL: analysts.url, ANALYST_USER: 'analyst', ANALYST_PASSWORD: analysts.password };
      expect(runPython([path], variables)).toEqual({ ok: true, output: 'depth 1: 2 shares by 1 accounts\n' });
    });
  });
}

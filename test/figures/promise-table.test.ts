import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { readFigures } from './keep-figures.ts';
import { promisedTests, promiseTable } from './promise-table.ts';

const page = join(packageRoot, 'README.md');
const [start, end] = ['<!-- promises: generated -->\n', '\n<!-- /promises -->'];

describe('the promises in the README', () => {
  test('show the last figures that were kept', () => {
    const text = readFileSync(page, 'utf8');
    const [before, after] = [text.indexOf(start), text.indexOf(end)];
    expect(before).toBeGreaterThan(0);
    const current = text.slice(0, before + start.length) + promiseTable(readFigures()) + text.slice(after);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, current);
    else expect(text).toBe(current);
  });

  test('name tests that are there', () => {
    expect(promisedTests().filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
  });

  test('are kept: no figure says that something was lost, doubled, invented or unbalanced', () => {
    const { faults, overlap, drift, stop, badInput, fuzz } = readFigures();
    const broken = [faults?.lost, faults?.doubled, faults?.invented, faults?.unbalancedMinutes, overlap?.countedTwice];
    const serverErrors = Object.values(badInput?.files ?? {}).map((file) => file.serverErrors);
    const wrong = [drift?.falseRepairs, stop?.lost, fuzz?.serverErrors, fuzz?.mismatches, ...serverErrors];
    expect([...broken, ...wrong].filter((count) => count !== undefined && count > 0)).toEqual([]);
  });
});

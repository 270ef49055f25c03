import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetLostBlocks } from '../../../../src/local/gateway/engine/forget-lost-blocks.ts';

let folder: string;
let table: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharetrail-blocks-'));
  table = join(folder, 'store', 'abc', 'abcdef');
  mkdirSync(join(table, 'deduplication_logs'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function note(number: number, lines: readonly string[]): void {
  writeFileSync(join(table, 'deduplication_logs', `deduplication_log_${number}.txt`), `${lines.join('\n')}\n`);
}

function keep(...parts: readonly string[]): void {
  for (const part of parts) mkdirSync(join(table, part));
}

const readLog = (number: number) =>
  readFileSync(join(table, 'deduplication_logs', `deduplication_log_${number}.txt`), 'utf8');

describe('blocks that were noted as taken before a crash', () => {
  test('are forgotten where no part of them is in place', () => {
    note(1, ['1\t202611_1_1_0\t202611_17_4', '1\t202611_2_2_0\t202611_18_4']);
    note(2, ['1\t202611_3_3_0\t202611_19_4', '1\t202612_4_4_0\t202612_20_4']);
    keep('202611_1_2_1', 'tmp_insert_202611_3_3_0', 'detached');
    expect(forgetLostBlocks(folder)).toBe(2);
    expect(readLog(2).split('\n').slice(2)).toEqual([
      '2\t202611_3_3_0\t202611_19_4',
      '2\t202612_4_4_0\t202612_20_4',
      '',
    ]);
    expect(forgetLostBlocks(folder)).toBe(0);
  });

  test('stay where their part is there, was merged, or was dropped on purpose before later ones came', () => {
    note(1, ['1\tall_1_1_0\tall_1_1', '1\tall_2_2_0\tall_2_1', '2\tall_2_2_0\tall_2_1', '1\tall_3_3_0\tall_3_1']);
    keep('all_4_6_1_7');
    const before = readLog(1);
    expect(forgetLostBlocks(folder)).toBe(0);
    expect(readLog(1)).toBe(before);
  });

  test('a folder without tables has none', () => {
    expect(forgetLostBlocks(join(folder, 'nothing'))).toBe(0);
  });
});

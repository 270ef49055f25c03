import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../../../src/local/supervise/take-lock.ts';

describe('the supervisor lock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sharetrail-lock-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has one holder until it is released', () => {
    const lock = takeLock(folder, 'plain');
    expect(lock).toBeDefined();
    expect(takeLock(folder, 'plain')).toBeUndefined();
    lock?.release();
    expect(takeLock(folder, 'plain')).toBeDefined();
  });

  test.each([
    ['of a process that has ended', { pid: endedPid(), start: 'then' }],
    ['of a process whose id was given to another', { pid: process.pid, start: 'at another time' }],
  ])('is taken over %s, and its file tidied away', (_case, holder) => {
    const name = `stale-${holder.pid}`;
    writeFileSync(join(folder, `${name}-7`), JSON.stringify(holder));
    expect(takeLock(folder, name)).toBeDefined();
    expect(readdirSync(folder).filter((file) => file.startsWith(name))).toEqual([`${name}-8`]);
    expect(takeLock(folder, name)).toBeUndefined();
  });

  test('whose file was cut short counts as nobody’s', () => {
    writeFileSync(join(folder, 'torn-1'), '{"pid": 1');
    expect(takeLock(folder, 'torn')).toBeDefined();
  });
});

function endedPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../../../../src/local/gateway/engine/lock-folder.ts';
import { findFreePort, spawnGateway, startGateway } from '../start-gateway.ts';

describe('the lock of a data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sharetrail-lock-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is held by one and can be released', () => {
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow('another gateway process holds');
    unlock();
    lockFolder(folder)();
    expect(existsSync(join(folder, 'gateway.lock'))).toBe(false);
  });

  test.each(['999999999 1', `${process.pid} 1`, '', 'nonsense'])('left behind as %j is taken over', (content) => {
    writeFileSync(join(folder, 'gateway.lock'), content);
    lockFolder(folder)();
  });

  test('keeps a second gateway out, and a killed one leaves it to the next', async () => {
    const first = await startGateway();
    const second = spawnGateway(await findFreePort(), first.dataFolder);
    const [code]: unknown[] = await once(second, 'exit');
    expect(code).not.toBe(0);
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    const third = spawnGateway(await findFreePort(), first.dataFolder);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(third.exitCode).toBeNull();
    third.kill('SIGTERM');
    const [ended]: unknown[] = await once(third, 'exit');
    expect(ended).toBe(0);
    await first.stop();
  });
});

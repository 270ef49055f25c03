import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePort } from '../../../src/local/supervise/choose-port.ts';
import { claimPort } from '../../../src/local/supervise/claim-port.ts';

describe('the choice of a port', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  test('is the wanted one where it is free, else the next free one', async () => {
    const wanted = await choosePort(42_100);
    expect(await choosePort(wanted)).toBe(wanted);
    await listenOn(wanted);
    const next = await choosePort(wanted);
    expect(next).toBeGreaterThan(wanted);
    await listenOn(next);
    expect(await choosePort(wanted)).toBeGreaterThan(next);
  });

  test('is kept from another stack before anything listens on it, and given back to the one that made it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sharetrail-ports-'));
    const [ours, theirs] = [
      { folder, own: new Set<number>() },
      { folder, own: new Set<number>() },
    ];
    const port = await claimPort(ours, 43_100);
    expect(await claimPort(theirs, port)).toBeGreaterThan(port);
    expect(await claimPort(ours, port)).toBe(port);
    rmSync(folder, { recursive: true, force: true });
  });

  function listenOn(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const server = createServer();
      servers.push(server);
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port }, resolve);
    });
  }
});

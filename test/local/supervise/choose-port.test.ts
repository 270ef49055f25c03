import { createServer, type Server } from 'node:net';
import { choosePort } from '../../../src/local/supervise/choose-port.ts';

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

  function listenOn(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const server = createServer();
      servers.push(server);
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port }, resolve);
    });
  }
});

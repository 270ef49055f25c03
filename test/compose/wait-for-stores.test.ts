import { createServer, type Server, type Socket } from 'node:net';
import { z } from 'zod';
import { openStores } from '../../src/compose/open-stores.ts';
import { waitForStores } from '../../src/compose/wait-for-stores.ts';
import { readConfig } from '../../src/config.ts';
import { freshServiceStores } from '../whole/start-service.ts';

const listening = z.object({ port: z.number() });
const sockets = new Set<Socket>();
let silent: Server;

beforeEach(async () => {
  // Takes every connection and says nothing, as a frozen store does.
  silent = createServer((socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
});

test.each([
  ['clickhouse', 'CLICKHOUSE_URL', 'http'],
  ['neo4j', 'NEO4J_URL', 'bolt'],
  ['redis', 'REDIS_URL', 'redis'],
])(
  '%s that takes connections and never answers is given up at the deadline, not when its own patience ends',
  async (name, variable, protocol) => {
    const { variables } = await freshServiceStores();
    const url = `${protocol}://127.0.0.1:${listening.parse(silent.address()).port}`;
    const stores = await openStores(readConfig({ ...variables, [variable]: url }), () => undefined);
    const sinceMs = Date.now();
    await expect(waitForStores(stores, 1000)).rejects.toThrow(`${name} does not answer`);
    expect(Date.now() - sinceMs).toBeLessThan(10_000);
    for (const socket of sockets) socket.destroy();
    await stores.close();
  },
  60_000,
);

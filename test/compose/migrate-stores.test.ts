import { randomUUID } from 'node:crypto';
import { migrateStores } from '../../src/compose/migrate-stores.ts';
import { openStores, type Stores } from '../../src/compose/open-stores.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { freshServiceStores } from '../whole/start-service.ts';

let config: Config;
let stores: Stores;

beforeEach(async () => {
  const { variables } = await freshServiceStores();
  config = readConfig(variables);
  stores = await openStores(config, () => undefined);
});
afterEach(() => stores.close());

/** What a process leaves behind that is killed while it brings the schemas up to date. */
const abandonLease = (leaseMs: number) => stores.log.projectors.claim('migrations', 'killed', leaseMs);

async function timed<T>(work: Promise<T>): Promise<{ answer: T; ms: number }> {
  const sinceMs = Date.now();
  return { answer: await work, ms: Date.now() - sinceMs };
}

describe('bringing the schemas up to date', () => {
  test('where nothing is left to do, nobody waits for one who was killed while at it', async () => {
    expect((await migrateStores(config, stores, 'first')).length).toBeGreaterThan(0);
    await abandonLease(60_000);
    const { answer, ms } = await timed(migrateStores(config, stores, 'next'));
    expect(answer).toEqual([]);
    expect(ms).toBeLessThan(5000);
  });

  test('where something is, one waits until the lease of the other has ended', async () => {
    await abandonLease(2000);
    const { answer, ms } = await timed(migrateStores(config, stores, 'next'));
    expect(answer.length).toBeGreaterThan(0);
    expect(ms).toBeGreaterThan(1500);
  });

  test('several at once apply each file once', async () => {
    const owners = Array.from({ length: 4 }, () => randomUUID());
    const applied = await Promise.all(owners.map((owner) => migrateStores(config, stores, owner)));
    const lines = applied.flat();
    expect(lines.length).toBeGreaterThan(0);
    expect(new Set(lines).size).toBe(lines.length);
  });
});

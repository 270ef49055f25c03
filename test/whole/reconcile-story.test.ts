import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { openGraph } from '../../src/graph/graph.ts';
import { packageRoot } from '../../src/query/root.ts';
import { driftEvents } from '../reconcile/drift-events.ts';
import { testEnvironment } from '../setup/open-test-stores.ts';
import {
  eventually,
  freshServiceStores,
  readJson,
  type ServiceStores,
  type ServiceUnderTest,
  startService,
} from './start-service.ts';

const limitMs = 300_000;
const repairItem = z.object({
  subject: z.string(),
  target: z.string(),
  source: z.string(),
  dryRun: z.boolean(),
});
let stores: ServiceStores;
let service: ServiceUnderTest;

beforeAll(async () => {
  stores = await freshServiceStores();
  // Without jobs nothing but the command repairs, so that what it finds is what was damaged here.
  service = await startService(stores, 'api,project');
}, limitMs);
afterAll(async () => {
  await service.kill('SIGTERM');
}, limitMs);

type Answer = { code: number; body: { agrees: boolean; run: { repairs: Array<{ kind: string; subject: string }> } } };

function reconcile(...args: string[]): Promise<Answer> {
  const all = ['--import', 'tsx', join(packageRoot, 'src/main.ts'), 'reconcile', '--json', ...args];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, all, { env: stores.variables, cwd: packageRoot }, (error, stdout, stderr) => {
      try {
        resolve({ code: error === null ? 0 : Number(error.code), body: JSON.parse(stdout) });
      } catch (cause) {
        reject(new Error(stderr, { cause }));
      }
    });
  });
}

async function damage(text: string): Promise<void> {
  const graph = openGraph({
    url: testEnvironment('NEO4J_URL'),
    user: testEnvironment('NEO4J_USER'),
    password: testEnvironment('NEO4J_PASSWORD'),
    database: 'neo4j',
    poolSize: 1,
    timeoutMs: 20_000,
  });
  await graph.command(text);
  await graph.close();
}

test(
  'the command beside a running service: it agrees, then says what differs, then repairs it and says so',
  async () => {
    for (const event of driftEvents('story', 3)) {
      const response = await fetch(`${service.url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(event),
      });
      expect(response.status).toBe(202);
    }
    await eventually(async () => (await readJson(`${service.url}/v1/cascades/story-r2`))['size'] === 9, 60_000);
    expect(await reconcile()).toMatchObject({ code: 0, body: { agrees: true, run: { repairs: [] } } });
    await damage("MATCH (p:Post {id: 'story-r1s1'})-[e:SHARED_FROM]->() SET e.confidence = 1.0, p.depth = 4");
    const dry = await reconcile('--dry-run', '--root', 'story-r1');
    expect(dry).toMatchObject({ code: 1, body: { agrees: false } });
    expect(dry.body.run.repairs.map(({ subject }) => subject)).toContain('story-r1s1');
    expect(await reconcile('--level', 'all')).toMatchObject({ code: 0, body: { agrees: true } });
    const { items, total } = await readJson(`${service.url}/v1/reconciliation/repairs?limit=20`);
    // What was damaged, and its children, which no longer stood one below it; the dry run's are listed behind these.
    const repaired = z
      .array(repairItem)
      .parse(items)
      .filter(({ dryRun }) => !dryRun);
    const fromLog = { target: 'graph', source: 'log', dryRun: false };
    expect(repaired.toSorted((left, right) => (left.subject < right.subject ? -1 : 1))).toEqual([
      { subject: 'story-r1s1', ...fromLog },
      { subject: 'story-r1s3', ...fromLog },
      { subject: 'story-r1s4', ...fromLog },
    ]);
    expect(Number(total)).toBeGreaterThan(1);
    const runs = await readJson(`${service.url}/v1/reconciliation/runs?limit=2`);
    expect(runs['items']).toHaveLength(2);
    expect(runs['next']).toEqual(expect.any(String));
    const next = await readJson(`${service.url}/v1/reconciliation/runs?limit=2&cursor=${String(runs['next'])}`);
    expect(next['items']).not.toEqual(runs['items']);
  },
  limitMs,
);

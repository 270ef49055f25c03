import { systemRoutes } from '../../src/http/system-routes.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { createMetrics } from '../../src/observe/create-metrics.ts';
import { exampleRoutes } from './example-routes.ts';
import { readProblem } from './read-problem.ts';
import { startApp, type TestApp } from './start-app.ts';

let app: TestApp;
const broken = new Set<string>();
const hanging = new Set<string>();
const door: { refusal: { code: string; detail: string } | null; isStopping: boolean } = {
  refusal: null,
  isStopping: false,
};
const check = (store: string) => async (): Promise<void> => {
  if (hanging.has(store)) return new Promise(() => undefined);
  if (broken.has(store)) throw new Error(`bolt://neo4j:hush@somewhere does not answer`);
};

beforeAll(async () => {
  const routes = exampleRoutes();
  const metrics = createMetrics();
  const system = systemRoutes({
    routes,
    metrics,
    logger: createLogger({ level: 'silent' }),
    checks: { graph: check('graph'), facts: check('facts'), log: check('log') },
    ingestCheck: check('log'),
    ingestRefusal: () => door.refusal,
    isStopping: () => door.isStopping,
    checkTimeoutMs: 100,
    api: { title: 'Example', version: '1.2.3' },
    version: { name: 'example', version: '1.2.3' },
  });
  app = await startApp({ routes: [...routes, ...system], metrics });
});
afterAll(() => app.close(1000));
beforeEach(() => {
  broken.clear();
  hanging.clear();
  Object.assign(door, { refusal: null, isStopping: false });
});

const ask = (path: string) => fetch(`${app.url}${path}`);

test('a process that answers is alive, whatever its stores do', async () => {
  broken.add('graph');
  expect((await ask('/livez')).status).toBe(200);
});

test('ready while every store answers', async () => {
  expect(await (await ask('/readyz')).json()).toEqual({ status: 'ready' });
  for (const query of ['?verbose', '?verbose=1']) {
    const body = await (await ask(`/readyz${query}`)).json();
    expect(body).toMatchObject({
      status: 'ready',
      stores: { graph: { ok: true }, facts: { ok: true }, log: { ok: true } },
    });
  }
});

test('not ready names the stores that fail or hang, without what their drivers said', async () => {
  broken.add('graph');
  hanging.add('facts');
  const response = await ask('/readyz?verbose');
  expect(response.status).toBe(503);
  const body = await readProblem(response);
  expect(body).toMatchObject({ code: 'not_ready', missing: ['graph', 'facts'] });
  expect(body['stores']).toMatchObject({ facts: { ok: false, reason: 'no answer within 100 ms' }, log: { ok: true } });
  expect(JSON.stringify(body)).not.toContain('hush');
  expect((await ask('/readyz/ingest')).status).toBe(200);
});

test('ingest has a readiness of its own', async () => {
  broken.add('log');
  expect((await readProblem(await ask('/readyz/ingest'))).code).toBe('not_ready');
});

test('while events are shed, ingest is not ready and says why, and reading is not concerned', async () => {
  door.refusal = { code: 'stores_behind', detail: 'The stores are too far behind.' };
  const response = await ask('/readyz/ingest');
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  expect(await readProblem(response)).toMatchObject({
    code: 'not_ready',
    missing: ['ingest'],
    reason: 'stores_behind',
  });
  expect((await ask('/readyz')).status).toBe(200);
});

test('a service that is about to stop is alive and not ready', async () => {
  door.isStopping = true;
  for (const path of ['/readyz', '/readyz/ingest']) {
    expect(await readProblem(await ask(path))).toMatchObject({ status: 503, code: 'not_ready', reason: 'stopping' });
  }
  expect((await ask('/livez')).status).toBe(200);
});

test('the version is told', async () => {
  expect(await (await ask('/version')).json()).toMatchObject({ name: 'example', version: '1.2.3' });
});

test('the numbers are in the format of Prometheus', async () => {
  const response = await ask('/metrics');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  for (const line of text.split('\n')) {
    expect(line).toMatch(/^(#.*|[a-z][a-z0-9_]*(\{([a-z_]+="[^"]*",?)*\})? ([-+0-9.e]+|Nan|\+Inf))?$/i);
  }
  expect(text).toContain('sharetrail_nodejs_eventloop_lag_p99_seconds');
});

describe('the documentation page', () => {
  test('is made of files of our own, with nothing inline and nothing from elsewhere', async () => {
    const response = await ask('/docs');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=|javascript:/i);
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((found) => found[1] ?? '');
    expect(addresses.filter((address) => !address.startsWith('/') && address !== 'data:,')).toEqual([]);
    for (const address of addresses.filter((found) => found.startsWith('/docs/'))) {
      const file = await ask(address);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toMatch(/^text\/(javascript|css); charset=utf-8$/);
      expect(await file.text()).not.toMatch(/https?:\/\/(?!example\.org)/);
    }
  });

  test.each(['/docs/', '/docs/nothing.js', '/docs/..%2fproblem.ts', '/docs/..%2f..%2f..%2fpackage.json'])(
    '%s is a problem, not a page',
    async (address) => {
      const response = await ask(address);
      expect(response.status).toBe(404);
      expect((await readProblem(response)).code).toBe('route_not_found');
    },
  );
});

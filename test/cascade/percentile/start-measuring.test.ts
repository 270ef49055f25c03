import { randomUUID } from 'node:crypto';
import { startMeasuring } from '../../../src/cascade/percentile/start-measuring.ts';
import { type Jobs, openJobs } from '../../../src/jobs/open-jobs.ts';
import { createLogger } from '../../../src/observe/create-logger.ts';
import { createMetrics } from '../../../src/observe/create-metrics.ts';
import { until } from '../../jobs/poll.ts';
import { testEnvironment } from '../../setup/open-test-stores.ts';
import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share } from '../changes.ts';
import { lookLimits } from './measure-limits.ts';

const logger = createLogger({ level: 'silent' });
let stores: CascadeStores;
let jobs: Jobs;

beforeAll(async () => {
  stores = await openCascadeStores();
  jobs = openJobs({ redisUrl: testEnvironment('REDIS_URL'), prefix: `{test-${randomUUID()}}`, logger });
});
afterAll(async () => {
  await jobs.close();
  await stores.close();
});

test('the job measures what there is and what comes, and says so', async () => {
  await stores.project([post('a', 'x'), post('b', 'y')]);
  const metrics = createMetrics();
  const shown = async (line: string) => (await metrics.expose()).text.split('\n').includes(line);
  const limits = { ...lookLimits, everyMs: 200 };
  const deps = { facts: stores.facts, desk: stores.cascades, jobs, now: Date.now };
  startMeasuring({ ...deps, onMeasured: metrics.sawMeasuring }, limits);
  await until(() => shown('sharetrail_cascades_measured_total 2'), 20_000);
  await stores.project([share('c', { of: 'a', by: 'z', afterMs: 1 })]);
  await until(() => shown('sharetrail_cascades_measured_total 3'), 20_000);
  expect(await shown('sharetrail_cascades_unmeasured 0')).toBe(true);
});

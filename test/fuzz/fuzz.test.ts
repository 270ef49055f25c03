import { randomInt } from 'node:crypto';
import type { ServiceUnderTest } from '../whole/start-service.ts';
import { readDocument } from './read-document.ts';
import { type FuzzReport, runFuzz } from './run-fuzz.ts';
import { startFuzzService } from './start-fuzz-service.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31));
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 6000);
let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startFuzzService();
}, 90_000);
afterAll(async () => {
  await service.kill('SIGTERM');
}, 30_000);

test(`${requests} requests made from the document (seed ${seed}) are all answered as it says`, async () => {
  // The local facts store answers eight at once: of more, a time would tell how long they waited for one another.
  const report = await runFuzz({ url: service.url, requests, seed, concurrency: 8, untimed: requests * 0.4 });
  expect(report.failures).toEqual([]);
  expect(countAnswers(report)).toBe(requests);
  expect(report.percentilesMs.most).toBeLessThan(2000);
  const { operations } = await readDocument(service.url);
  const unasked = operations.filter(({ operationId }) => (report.operations[operationId] ?? 0) === 0);
  expect(unasked).toEqual([]);
}, 300_000);

test('what the fuzz got accepted has troubled no projector', async () => {
  expect(service.output.filter((line) => /"level":"(error|fatal)"|will try again/.test(line))).toEqual([]);
});

test('the document names its tags in one spelling', async () => {
  const { operations } = await readDocument(service.url);
  const tags = operations.flatMap((operation) => operation.tags);
  expect(tags.filter((tag) => !/^[a-z][a-z-]*$/.test(tag))).toEqual([]);
});

function countAnswers({ statuses }: FuzzReport): number {
  return Object.values(statuses).reduce((sum, count) => sum + count, 0);
}

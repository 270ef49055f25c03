import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { freshServiceStores, readJson, type ServiceUnderTest, startService } from '../whole/start-service.ts';
import { layOutJson } from './lay-out-json.ts';
import { addressInPages, readExamples, readPage, withAnswers } from './read-examples.ts';

const name = 'cascades.md';
const page = readPage(name);
const examples = readExamples(page);
const answers: string[] = [];
let service: ServiceUnderTest;

/** Runs a command of the page as it stands there, but against the service of this test. */
function runCommand(command: string): string {
  const address = new URL(service.url).host;
  return execFileSync('bash', ['-c', command.replaceAll(addressInPages, address)], { encoding: 'utf8' });
}

beforeAll(async () => {
  service = await startService(await freshServiceStores());
}, 90_000);
afterAll(() => service.kill('SIGTERM'), 30_000);

describe('the page about cascades', () => {
  test('has an example of every route about posts, cascades and accounts', async () => {
    const { paths } = await readJson(`${service.url}/v1/openapi.json`);
    const documented = Object.keys(Object(paths)).filter((path) => /^\/v1\/(posts|cascades|accounts)/.test(path));
    const asked = examples.map(({ command }) => /localhost:8080([^' ?]*)/.exec(command)?.[1] ?? '');
    const missing = documented.filter((path) => {
      const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
      return !asked.some((one) => pattern.test(one));
    });
    expect(missing).toEqual([]);
  });

  test.each(examples.map((example, index) => [example.command.split('\n')[0], index] as const))(
    '%s',
    async (_, index) => {
      const { command, kind, answer } = examples[index] ?? { command: '', kind: '', answer: '' };
      const printed = runCommand(command);
      const current = kind === 'json' ? layOutJson(printed) : printed;
      answers[index] = current;
      if (index === 0) await untilCompared();
      if (process.env['UPDATE_DOCS'] !== '1') expect(current).toBe(answer);
    },
    60_000,
  );

  test('is written anew where that is asked for', () => {
    expect(answers).toHaveLength(examples.length);
    if (process.env['UPDATE_DOCS'] === '1') {
      writeFileSync(join(packageRoot, 'docs', name), withAnswers(page, examples, answers));
    }
  });
});

/** The summary says what the last comparison found and where it stands among others, so both have to have been done. */
async function untilCompared(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [{ stores }, { notMeasured }] = await Promise.all([
      readJson(`${service.url}/v1/cascades/p1`),
      readJson(`${service.url}/v1/cascades?sort=velocity`),
    ]);
    const { lastReconciledAt, drift } = Object(stores);
    if (lastReconciledAt !== null && drift === 0 && notMeasured === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the cascade was not compared in time');
}

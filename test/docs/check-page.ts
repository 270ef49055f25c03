import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { freshServiceStores, readJson, type ServiceUnderTest, startService } from '../whole/start-service.ts';
import { layOutJson } from './lay-out-json.ts';
import { addressInPages, readExamples, readPage, withAnswers } from './read-examples.ts';

type Page = {
  name: string;
  /** The paths that the page is about: each has to have an example. */
  isAbout: (path: string) => boolean;
  /** Waits, after the events of the first example, for what the others show. */
  settle?: (url: string) => Promise<void>;
};

/** Tests that run every example of a page and compare the answers; with UPDATE_DOCS=1 the page is written anew. */
export function checkPage({ name, isAbout, settle }: Page): void {
  const page = readPage(name);
  const examples = readExamples(page);
  const answers: string[] = [];
  let service: ServiceUnderTest;

  beforeAll(async () => {
    service = await startService(await freshServiceStores());
  }, 90_000);
  afterAll(() => service.kill('SIGTERM'), 30_000);

  test('has an example of every route that it is about', async () => {
    const { paths } = await readJson(`${service.url}/v1/openapi.json`);
    const documented = Object.keys(Object(paths)).filter(isAbout);
    expect(documented).not.toEqual([]);
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
      const printed = runCommand(command, service.url);
      const current = kind === 'json' ? layOutJson(printed) : printed;
      answers[index] = current;
      if (index === 0) await settle?.(service.url);
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
}

/** Runs a command of the page as it stands there, but against the service of this test. */
function runCommand(command: string, url: string): string {
  const address = new URL(url).host;
  return execFileSync('bash', ['-c', command.replaceAll(addressInPages, address)], { encoding: 'utf8' });
}

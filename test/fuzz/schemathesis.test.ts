// Schemathesis, somebody else's reading of our document. Where Python or the package cannot be had, no test is registered.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notRunHere } from '../setup/not-run-here.ts';
import type { ServiceUnderTest } from '../whole/start-service.ts';
import { plantKnownValues } from './known-values.ts';
import { startFuzzService } from './start-fuzz-service.ts';

const release = 'schemathesis==4.32.5';
const packages = join(tmpdir(), `sharetrail-${release.replace('==', '-')}`);
const environment = { ...process.env, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' };
const seconds = 60;
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
  'unsupported_method',
];

function hasModule(code: string): boolean {
  return spawnSync('python3', ['-c', code], { env: environment, timeout: 60_000 }).status === 0;
}

function findPackage(): string | undefined {
  if (!hasModule('print(1)')) return 'python3 is absent';
  if (!existsSync(packages)) {
    spawnSync('python3', ['-m', 'pip', 'install', '--quiet', '--target', packages, release], { timeout: 180_000 });
  }
  return hasModule('import schemathesis') ? undefined : `${release} cannot be installed by pip`;
}

const missing = findPackage();
if (missing !== undefined) notRunHere('schemathesis against the document', missing);

// Jest wants a test in every file, so this one stays when the tool is absent.
test('the absence of schemathesis is said', () => {
  expect(missing === undefined || missing.length > 0).toBe(true);
});

if (missing === undefined) {
  describe('schemathesis', () => {
    let service: ServiceUnderTest;
    beforeAll(async () => {
      service = await startFuzzService();
      await plantKnownValues(service.url);
    }, 90_000);
    afterAll(async () => {
      await service.kill('SIGTERM');
    }, 30_000);

    test(`finds in ${seconds} seconds no answer that the document does not announce`, async () => {
      const { code, output } = await runSchemathesis(`${service.url}/v1/openapi.json`);
      // Its report quotes what it sent, which may be long.
      const lines = output.split('\n').map((line) => line.slice(0, 500));
      expect({ code, report: code === 0 ? [] : lines }).toEqual({ code: 0, report: [] });
      expect(output).toMatch(/Tested: +\d+/);
    }, 300_000);
  });
}

function runSchemathesis(documentUrl: string): Promise<{ code: number | null; output: string }> {
  const args = ['run', documentUrl, '--checks', checks.join(), '--max-time', String(seconds), '--max-examples', '50'];
  const quiet = ['--no-color', '--warnings', 'off', '--suppress-health-check', 'all', '--phases', 'coverage,fuzzing'];
  const code = 'from schemathesis.cli import schemathesis; schemathesis()';
  const child = spawn('python3', ['-c', code, ...args, ...quiet], { env: environment, cwd: tmpdir() });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ code: exitCode, output: Buffer.concat(chunks).toString() }));
  });
}

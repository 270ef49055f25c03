// npm run fuzz -- --requests 100000 [--seed N] [--url http://127.0.0.1:8080]
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { attachStack } from '../../src/local/attach-stack.ts';
import { keepFigures } from '../figures/keep-figures.ts';
import { type FuzzReport, runFuzz } from './run-fuzz.ts';
import { startFuzzService } from './start-fuzz-service.ts';

type Options = { requests: string; seed?: string; url?: string };

const options = new Command('fuzz')
  .description('Sends requests made from the service’s own document and holds every answer against it.')
  .option('--requests <number>', 'how many', '100000')
  .option('--seed <number>', 'the same seed makes the same requests; printed')
  .option('--url <address>', 'a service that runs already; by default one of the fuzz’s own, on stores of its own')
  .parse()
  .opts<Options>();

const seed = options.seed === undefined ? randomInt(2 ** 31) : Number(options.seed);
const say = (line: string) => process.stderr.write(`${line}\n`);
say(`seed ${seed}`);
const report = await (options.url === undefined ? fuzzOwnService() : fuzz(options.url));
console.log(JSON.stringify(report, null, 2));
const serverErrors = Object.entries(report.statuses).reduce(
  (sum, [status, n]) => sum + (Number(status) >= 500 ? n : 0),
  0,
);
keepFigures('fuzz', { requests: report.requests, serverErrors, mismatches: report.failures.length });
process.exitCode = report.failures.length === 0 ? 0 : 1;

function fuzz(url: string): Promise<FuzzReport> {
  const onProgress = (done: number, failures: number) => {
    if (done % 5000 === 0) say(`${done} answered, ${failures} of them otherwise than documented`);
  };
  return runFuzz({ url, requests: Number(options.requests), seed, onProgress });
}

/** Never on stores that the environment names: the fuzz empties a graph before it begins. */
async function fuzzOwnService(): Promise<FuzzReport> {
  const home = mkdtempSync(join(tmpdir(), 'sharetrail-fuzz-'));
  const stack = await attachStack({ home, onProgress: say });
  Object.assign(process.env, stack.endpoints);
  try {
    const service = await startFuzzService();
    try {
      return await fuzz(service.url);
    } finally {
      await service.kill('SIGTERM');
    }
  } finally {
    await stack.detach({ stopNow: true });
    rmSync(home, { recursive: true, force: true });
  }
}

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from './say.mjs';

const checkout = join(import.meta.dirname, '..', '..', '..');
const jest = join(checkout, 'node_modules', 'jest', 'bin', 'jest.js');

/** The checks, then every test; the closing line is the last thing printed, whatever happened. */
export async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'sharetrail-result-'));
  const resultPath = join(folder, 'result.json');
  try {
    const checkCode = await runChild('npm', ['run', '--silent', 'check'], {});
    if (checkCode !== 0) say('npm run check failed: it counts as one failed test.');
    const jestCode = await runChild(process.execPath, [jest, ...args], { SHARETRAIL_TEST_RESULT: resultPath });
    return close(readResult(resultPath), { checkCode, jestCode });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function printClosingLine({ passed, failed }) {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
}

function close(result, { checkCode, jestCode }) {
  // A run that ended badly without a failed test (a store that could not be started) has still failed.
  const unexplained = jestCode !== 0 && result.failed === 0 ? 1 : 0;
  const failed = result.failed + unexplained + (checkCode === 0 ? 0 : 1);
  printClosingLine({ passed: result.passed, failed });
  return failed === 0 ? 0 : 1;
}

function readResult(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { passed: 0, failed: 0 };
}

function runChild(file, args, env) {
  const child = spawn(file, args, { cwd: checkout, env: { ...process.env, ...env }, stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(String(error));
      resolve(127);
    });
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(code ?? signal);
    });
  });
}

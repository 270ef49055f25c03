import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInPath } from './find-programs.mjs';
import { Missing } from './missing.mjs';
import { runStep } from './run-step.mjs';

const checkout = join(import.meta.dirname, '..', '..', '..');
// Kept inside node_modules: npm ci removes the folder first, so an install that was cut short leaves no mark.
const mark = join(checkout, 'node_modules', '.sharetrail-packages');

export function hasCurrentPackages() {
  return existsSync(mark) && readFileSync(mark, 'utf8') === wanted();
}

export async function installPackages() {
  if (hasCurrentPackages()) return;
  const npm = findInPath('npm');
  if (npm === undefined)
    throw new Missing('npm is missing: install Node.js 20.19 or newer together with npm, then start again.');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await runStep({ title: 'installing the npm packages', file: npm, args, cwd: checkout });
  writeFileSync(mark, wanted());
}

/** The lockfile, and what native packages are chosen by. */
function wanted() {
  const lock = readFileSync(join(checkout, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} ${process.platform} ${process.arch} ${process.versions.modules}\n`;
}

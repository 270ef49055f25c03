import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findInPath, findJava, findNeo4j, findRedis } from './find-programs.mjs';
import { Missing } from './missing.mjs';
import { runStep } from './run-step.mjs';

const aptEnvironment = { DEBIAN_FRONTEND: 'noninteractive' };
const aptOptions = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];

const programs = [
  {
    title: 'redis-server 6.2 or newer',
    apt: 'redis-server',
    brew: 'redis',
    dnf: 'redis',
    isThere: () => findRedis() !== undefined,
  },
  {
    title: 'a Java runtime, 17 or newer',
    apt: 'openjdk-17-jre-headless',
    brew: 'openjdk@17',
    dnf: 'java-17-openjdk-headless',
    isThere: () => findJava() !== undefined,
  },
  {
    title: 'Maven (fetches the Neo4j jars, once)',
    apt: 'maven',
    brew: 'maven',
    dnf: 'maven',
    isThere: () => findNeo4j().hasNeo4j || findInPath('mvn') !== undefined,
  },
];

export function missingPrograms() {
  return programs.filter(({ isThere }) => !isThere());
}

/** Installs what is missing where that needs no question, else says what is missing and how to get it. */
export async function installPrograms() {
  const missing = missingPrograms();
  if (missing.length === 0) return;
  if (!mayUseApt()) throw new Missing(explainMissing(missing));
  const options = { file: 'apt-get', env: aptEnvironment };
  await runStep({ title: 'reading the package lists', ...options, args: ['update'] });
  const names = missing.map(({ apt }) => (apt.startsWith('openjdk') ? aptJava() : apt));
  await runStep({ title: `installing ${names.join(', ')}`, ...options, args: ['install', ...aptOptions, ...names] });
  const still = missingPrograms();
  if (still.length > 0) throw new Missing(explainMissing(still));
}

/** The one command that installs what is missing on this kind of machine. */
export function installCommand(missing) {
  if (process.platform === 'darwin') return `brew install ${missing.map(({ brew }) => brew).join(' ')}`;
  if (findInPath('dnf') !== undefined) return `sudo dnf install -y ${missing.map(({ dnf }) => dnf).join(' ')}`;
  return `sudo apt-get update && sudo apt-get install -y ${missing.map(({ apt }) => apt).join(' ')}`;
}

function explainMissing(missing) {
  return [
    'The local stack needs programs that are missing here:',
    ...missing.map(({ title }) => `  - ${title}`),
    '',
    'Install them with one command, then start again:',
    `  ${installCommand(missing)}`,
    '',
    'Or name three stores that run elsewhere: NEO4J_URL, CLICKHOUSE_URL and REDIS_URL (docker compose up starts such a set).',
  ].join('\n');
}

function mayUseApt() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findInPath('apt-get') !== undefined;
}

/** Neo4j 5.26 runs on Java 17 and 21; a newer Debian or Ubuntu may have only the second. */
function aptJava() {
  const names = ['openjdk-17-jre-headless', 'openjdk-21-jre-headless'];
  return names.find((name) => spawnSync('apt-cache', ['show', name]).status === 0) ?? 'default-jre-headless';
}

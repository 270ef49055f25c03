import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export const pomFolder = join(import.meta.dirname, '..', 'neo4j');
const leastJava = 17;
const leastRedis = [6, 2];

/** What the local stack runs, and where it is on this machine; undefined where it is missing or too old. */
export function findPrograms() {
  return { redisServer: findRedis(), java: findJava(), ...findNeo4j() };
}

export function findRedis() {
  const path = findInPath('redis-server');
  if (path === undefined) return undefined;
  const version = /v=(\d+)\.(\d+)/.exec(outputOf(path, ['--version']));
  if (version === null) return undefined;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  const enough = major > leastRedis[0] || (major === leastRedis[0] && minor >= leastRedis[1]);
  return enough ? path : undefined;
}

/** `java` may point to an older one while a newer one is installed beside it. */
export function findJava() {
  return javaCandidates().find((path) => javaVersion(path) >= leastJava);
}

export function findNeo4j() {
  const version = /<neo4j\.version>([^<]+)</.exec(readFileSync(join(pomFolder, 'pom.xml'), 'utf8'))?.[1];
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const neo4jFolder = join(cache, 'sharetrail', `neo4j-${version}`);
  // The folder gets its name only when it is whole, so that its being there says enough.
  return { neo4jFolder, hasNeo4j: existsSync(join(neo4jFolder, `neo4j-${version}.jar`)) };
}

export function findInPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...folders, '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin']
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function javaCandidates() {
  const fromHome = process.env.JAVA_HOME ? [join(process.env.JAVA_HOME, 'bin', 'java')] : [];
  const fromPath = findInPath('java');
  const installed = ['/usr/lib/jvm', '/opt/homebrew/opt'].flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, 'bin', 'java')) : [],
  );
  return [...fromHome, ...(fromPath === undefined ? [] : [fromPath]), ...installed].filter(isProgram);
}

function javaVersion(path) {
  return Number(/version "(\d+)/.exec(outputOf(path, ['-version']))?.[1] ?? 0);
}

function outputOf(path, args) {
  const { stdout, stderr } = spawnSync(path, args, { encoding: 'utf8', timeout: 10_000 });
  return `${stdout ?? ''}${stderr ?? ''}`;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

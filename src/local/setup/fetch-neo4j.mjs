import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findInPath, findJava, findNeo4j, pomFolder } from './find-programs.mjs';
import { runStep } from './run-step.mjs';

/** Fetches the Neo4j server's jars into the user's cache: into a folder beside it first, so that none is ever half there. */
export async function fetchNeo4j() {
  const { neo4jFolder, hasNeo4j } = findNeo4j();
  if (hasNeo4j) return;
  mkdirSync(dirname(neo4jFolder), { recursive: true });
  removeAbandoned(neo4jFolder);
  const partial = mkdtempSync(`${neo4jFolder}.partial-${process.pid}-`);
  try {
    await copyJars(partial);
    moveInPlace(partial, neo4jFolder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** What a fetch left that was killed; its process id stands in the name. */
function removeAbandoned(neo4jFolder) {
  const cache = dirname(neo4jFolder);
  for (const name of readdirSync(cache)) {
    const pid = Number(/\.partial-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isInteger(pid) && !isRunning(pid)) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function copyJars(folder) {
  let jars = 0;
  await runStep({
    title: 'fetching the Neo4j server (120 MB)',
    file: findInPath('mvn') ?? 'mvn',
    args: [
      '-B',
      '-f',
      `${pomFolder}/pom.xml`,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${folder}`,
      '-DincludeScope=runtime',
    ],
    env: javaHome(),
    progress: (line) => {
      if (line.includes('Downloaded from') && line.includes('.jar')) jars += 1;
      return `(${jars} files)`;
    },
  });
}

/** Maven takes the Java that was found, even where another one comes first. */
function javaHome() {
  const java = findJava();
  return java?.startsWith('/usr/lib/jvm/') ? { JAVA_HOME: dirname(dirname(java)) } : {};
}

function moveInPlace(partial, folder) {
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}

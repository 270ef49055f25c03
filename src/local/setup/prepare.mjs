import { join } from 'node:path';
import { fetchNeo4j } from './fetch-neo4j.mjs';
import { findNeo4j } from './find-programs.mjs';
import { withSetupLock } from './hold-setup-lock.mjs';
import { hasCurrentPackages, installPackages } from './install-packages.mjs';
import { installPrograms, missingPrograms } from './install-programs.mjs';
import { Missing } from './missing.mjs';
import { say, seconds } from './say.mjs';

const checkout = join(import.meta.dirname, '..', '..', '..');
const leastNode = [20, 19];
// They tell about the stack or about themselves and must not fetch one for that.
const withoutStores = ['doctor', 'stores', 'help', '--help', '-h', '--version', '-V'];

/** Brings the machine to where the service can start, and costs next to nothing where it is there already. */
export async function prepare(command) {
  checkNode();
  const needsStores = !withoutStores.includes(command) && !storesAreNamed();
  if (isReady(needsStores)) return;
  const startedMs = Date.now();
  say('Setting up (only what is missing):');
  await withSetupLock(join(checkout, '.local'), async () => {
    // Both are seen to their end, so that a failure of one does not leave the other half done behind our back.
    const results = await Promise.allSettled([installPackages(), needsStores ? installStores() : undefined]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  });
  say(`Set up in ${seconds(startedMs)}.`);
}

/** The three stores run elsewhere, or tests bring them in containers: then nothing is fetched for them. */
function storesAreNamed() {
  const { NEO4J_URL, CLICKHOUSE_URL, REDIS_URL, STORES } = process.env;
  return STORES === 'docker' || Boolean(NEO4J_URL && CLICKHOUSE_URL && REDIS_URL);
}

function isReady(needsStores) {
  return hasCurrentPackages() && (!needsStores || (findNeo4j().hasNeo4j && missingPrograms().length === 0));
}

async function installStores() {
  await installPrograms();
  await fetchNeo4j();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
  throw new Missing(`Node.js ${leastNode.join('.')} or newer is needed; this is ${process.versions.node}.`);
}

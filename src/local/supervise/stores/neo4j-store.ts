import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import neo4j from 'neo4j-driver';
import { writePrivateFile } from '../../write-private-file.ts';
import type { Store } from './store.ts';

type Deps = { home: string; java: string; jars: string; password: string; heap: string; pageCache: string };
type Paths = { home: string; config: string; passwordSet: string };

const run = promisify(execFile);
const connectTimeoutMs = 2000;
// Neo4j reaches into these packages of the Java runtime, which has closed them since version 16.
const opened = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent', 'java.lang'];

export function neo4jStore(deps: Deps): Store {
  const home = join(deps.home, 'neo4j');
  const paths = { home, config: join(home, 'conf'), passwordSet: join(home, 'password-set') };
  return {
    name: 'neo4j',
    wantedPort: 7687,
    stopTimeoutMs: 8000,
    async prepare(port) {
      mkdirSync(paths.config, { recursive: true, mode: 0o700 });
      writePrivateFile(join(paths.config, 'neo4j.conf'), settings(port, deps.pageCache));
      if (!existsSync(paths.passwordSet)) await setPassword(deps, paths);
    },
    command: () => ({ file: deps.java, args: serverArguments(deps, paths), cwd: home, env: {} }),
    isHealthy: (port) => answersQuery(port, deps.password),
  };
}

function settings(port: number, pageCache: string): string {
  return [
    'server.default_listen_address=127.0.0.1',
    'server.bolt.enabled=true',
    `server.bolt.listen_address=127.0.0.1:${port}`,
    `server.bolt.advertised_address=127.0.0.1:${port}`,
    'server.http.enabled=false',
    'server.https.enabled=false',
    'dbms.security.auth_enabled=true',
    'dbms.usage_report.enabled=false',
    `server.memory.pagecache.size=${pageCache}`,
    // A transaction that would fill the heap is ended, and not the database; all of them together may take 70 % of it,
    // which is the default of dbms.memory.transaction.total.max.
    'db.memory.transaction.max=512m',
    'db.tx_log.rotation.size=64M',
    'db.tx_log.rotation.retention_policy=100M size',
    // By the time the Bolt threads are waited for, the databases are closed; the default holds up every stop for 8 s.
    'internal.server.bolt.thread_pool_shutdown_wait_time=500ms',
    '',
  ].join('\n');
}

function serverArguments({ jars, heap }: Deps, { home, config }: Paths): string[] {
  return [
    `-Xms${heap}`,
    `-Xmx${heap}`,
    '-XX:+UseG1GC',
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:-OmitStackTraceInFastThrow',
    '-Dfile.encoding=UTF-8',
    ...opened.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    '-cp',
    join(jars, '*'),
    'org.neo4j.server.CommunityEntryPoint',
    `--home-dir=${home}`,
    `--config-dir=${config}`,
  ];
}

/** Counts only before the first start. The password goes through a file: arguments can be read by everyone. */
async function setPassword({ java, jars, password }: Deps, { home, config, passwordSet }: Paths): Promise<void> {
  const argumentFile = join(config, 'initial-password');
  writePrivateFile(argumentFile, password);
  const admin = ['org.neo4j.server.startup.Neo4jAdminCommand', 'dbms', 'set-initial-password', `@${argumentFile}`];
  const env = { ...process.env, NEO4J_HOME: home, NEO4J_CONF: config };
  await run(java, ['-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), ...admin], { env });
  writePrivateFile(passwordSet, '');
}

async function answersQuery(port: number, password: string): Promise<boolean> {
  const options = { connectionTimeout: connectTimeoutMs, maxTransactionRetryTime: 0, maxConnectionPoolSize: 1 };
  const driver = neo4j.driver(`bolt://127.0.0.1:${port}`, neo4j.auth.basic('neo4j', password), options);
  const session = driver.session({ database: 'neo4j' });
  try {
    await session.run('RETURN 1', {}, { timeout: connectTimeoutMs });
    return true;
  } catch {
    return false;
  } finally {
    await driver.close();
  }
}

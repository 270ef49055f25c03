import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { readCompose } from './read-compose.ts';

// The environment that the service documents; the compose file may use these names and no others for it.
const documented = [
  'PORT',
  'HOST',
  'NEO4J_URL',
  'NEO4J_USER',
  'NEO4J_PASSWORD',
  'CLICKHOUSE_URL',
  'CLICKHOUSE_USER',
  'CLICKHOUSE_PASSWORD',
  'CLICKHOUSE_DATABASE',
  'ANALYST_PASSWORD',
  'REDIS_URL',
];

describe('docker-compose.yml', () => {
  const compose = readCompose();
  const { sharetrail, grafana, ...stores } = compose.services;
  const images = { ...stores, grafana };
  const all = Object.entries(compose.services);

  test.each(Object.entries(images))('%s comes from an image pinned to a patch release', (_name, { image }) => {
    expect(image).toMatch(/^[a-z0-9/-]+:\d+\.\d+\.\d+/);
  });

  test('Neo4j is the release that the local stack runs', () => {
    const pom = readFileSync(join(packageRoot, 'src', 'local', 'neo4j', 'pom.xml'), 'utf8');
    const version = /<neo4j\.version>([^<]+)</.exec(pom)?.[1];
    expect(stores.neo4j.image).toBe(`neo4j:${version}-community`);
  });

  test.each(all)('%s has a health check, and listens on this machine only', (_name, { healthcheck, ports }) => {
    expect(healthcheck?.test.length).toBeGreaterThan(0);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  test.each(Object.entries(stores))('%s keeps its data in a named volume', (_name, { volumes }) => {
    const named = volumes.map((volume) => volume.split(':')[0] ?? '');
    expect(named.length).toBeGreaterThan(0);
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
  });

  test('Grafana comes only where it is asked for, with a password and for nobody without one', () => {
    expect(grafana.profiles).toEqual(['grafana']);
    expect(grafana.environment).toMatchObject({ GF_AUTH_ANONYMOUS_ENABLED: 'false', GF_USERS_ALLOW_SIGN_UP: 'false' });
    expect(Object.keys(grafana.environment)).toEqual(
      expect.arrayContaining(['GF_SECURITY_ADMIN_PASSWORD', 'ANALYST_PASSWORD']),
    );
    const [data, ...mounted] = grafana.volumes;
    expect(Object.keys(compose.volumes)).toContain(data?.split(':')[0]);
    for (const mount of mounted) {
      expect(mount).toMatch(/^\.\/docs\/grafana\/.*:ro$/);
      expect(existsSync(join(packageRoot, mount.split(':')[0] ?? ''))).toBe(true);
    }
  });

  test('the service gets every documented variable and waits for healthy stores', () => {
    expect(Object.keys(sharetrail.environment).toSorted()).toEqual(documented.toSorted());
    expect(Object.values(sharetrail.depends_on).map(({ condition }) => condition)).toEqual(
      Array(3).fill('service_healthy'),
    );
  });

  test('Redis loses nothing it accepted and evicts nothing', () => {
    const command = stores.redis.command?.join(' ');
    for (const setting of ['--appendonly yes', '--appendfsync always', '--maxmemory-policy noeviction']) {
      expect(command).toContain(setting);
    }
  });

  test('no secret is written down: each must come from the environment', () => {
    const text = readFileSync(join(packageRoot, 'docker-compose.yml'), 'utf8');
    const settings = text
      .split('\n')
      .filter((line) => /PASSWORD|requirepass/.test(line) && !line.trimStart().startsWith('#'));
    const values = settings.filter(
      (line) => /:\s+\S/.test(line) && !line.includes('healthcheck') && !line.includes('test:'),
    );
    for (const line of values) expect(line).toMatch(/\$\{[A-Z0-9]+_PASSWORD:\?set/);
  });

  test('the image runs as a plain user on a base with glibc', () => {
    const lines = readFileSync(join(packageRoot, 'Dockerfile'), 'utf8').split('\n');
    for (const line of lines.filter((line) => line.startsWith('FROM')))
      expect(line).toMatch(/node:20\.\d+\.\d+-bookworm-slim/);
    expect(lines).toContain('USER node');
    expect(lines).toContain('CMD ["node", "--max-semi-space-size=64", "dist/main.js", "serve"]');
  });
});

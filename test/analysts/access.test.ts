import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { applyAccess } from '../../src/facts/apply-access.ts';
import { openFacts } from '../../src/facts/facts.ts';
import { packageRoot } from '../../src/query/root.ts';
import { ask, startGateway } from '../local/gateway/start-gateway.ts';
import { readRepositoryFile } from '../rules/repository-files.ts';
import { buildService } from '../setup/build-service.ts';
import { openFreshFacts } from '../setup/open-test-stores.ts';
import { freshServiceStores } from '../whole/start-service.ts';

const files = ['access', 'access-examples'].flatMap((folder) =>
  readdirSync(join(packageRoot, 'clickhouse', folder)).map((name) => `clickhouse/${folder}/${name}`),
);
const statements = readdirSync(join(packageRoot, 'clickhouse', 'access')).map((name) => name.replace('.sql', ''));

const Printed = z.object({
  applied: z.array(z.string()),
  access: z.object({ applied: z.array(z.string()), refused: z.string().nullable() }),
});

describe('the access of analysts', () => {
  test('is made by statements that the engine can read', async () => {
    const { facts } = await openFreshFacts();
    for (const path of files) await facts.command(`EXPLAIN AST ${withoutComments(readRepositoryFile(path))}`);
    await expect(facts.command('EXPLAIN AST GRANT SELECT ON TO nobody')).rejects.toThrow(/Syntax error/);
    await facts.close();
  });

  test('goes to the server statement by statement, with the hash of the password and never the password', async () => {
    const sent: string[] = [];
    const facts = { command: async (text: string) => void sent.push(text) };
    expect(await applyAccess(facts, 'a secret')).toEqual({ applied: statements, refused: null });
    expect(sent.join('\n')).not.toContain('a secret');
    expect(sent.join('\n')).not.toContain('{{');
    // printf 'a secret' | sha256sum
    const hash = '984ca5162200734c592148f1820b71057f098573d138666b48663e4e30cd8d3a';
    expect(sent.join('\n')).toContain(`sha256_hash BY '${hash}'`);
  });

  test('is not applied without a password, and that is said', async () => {
    const facts = { command: async () => undefined };
    expect(await applyAccess(facts, undefined)).toEqual({ applied: [], refused: 'ANALYST_PASSWORD is not set' });
  });

  test('is refused by an engine that keeps no users, which is told and not thrown', async () => {
    const gateway = await startGateway();
    const { url, password } = gateway;
    const facts = openFacts({
      url,
      user: 'sharetrail',
      password,
      database: 'sharetrail',
      poolSize: 1,
      timeoutMs: 20_000,
    });
    const { applied, refused } = await applyAccess(facts, 'a secret');
    expect(applied).toEqual([]);
    expect(refused).toMatch(/^0001-analysts-profile: .*Not enough privileges/);
    expect((await ask(url, 'SELECT 1', { user: 'analyst', password: gateway.analystPassword })).status).toBe(200);
    await facts.close();
    await gateway.stop();
  });
});

describe('sharetrail migrate --access', () => {
  test('brings the schemas up to date and says what became of the access', async () => {
    const { variables } = await freshServiceStores();
    const command = [await buildService(), 'migrate', '--access', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, command, { env: variables });
    const { applied, access } = Printed.parse(JSON.parse(stdout));
    expect(applied).toContain('clickhouse 0049-v-cascades');
    // A server that keeps users has them now; any other has refused at the first statement.
    if (access.refused === null) expect(access.applied).toEqual(statements);
    else expect(access.applied).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/^--.*$/gm, '').trim();
}

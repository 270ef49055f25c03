import { runDoctor } from '../../src/local/doctor.ts';
import { makeHome } from './stack-probe.ts';

describe('the doctor', () => {
  test('names everything the local stack needs, and finds it where the tests run', async () => {
    const { checks } = await runDoctor(makeHome());
    const found = new Map(checks.map(({ name, ok }) => [name, ok]));
    expect([...found.keys()]).toEqual(
      expect.arrayContaining([
        'node',
        'npm packages',
        'redis-server',
        'java',
        'neo4j',
        'maven',
        'clickhouse engine',
        'home',
        'disk',
        'stack',
      ]),
    );
    expect(['redis-server', 'java', 'neo4j', 'clickhouse engine', 'home'].map((name) => found.get(name))).toEqual(
      Array(5).fill(true),
    );
  });

  test('says the one command where programs are missing', async () => {
    const kept = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      const { ok, checks, command } = await runDoctor('/etc/hosts/nowhere');
      expect(ok).toBe(false);
      expect(checks.find(({ name }) => name === 'home')).toMatchObject({ ok: false });
      // Found in the usual places even where PATH does not name them, or else installed by this one command.
      expect(command === undefined || /npm start|install/.test(command)).toBe(true);
    } finally {
      process.env['PATH'] = kept;
    }
  });
});

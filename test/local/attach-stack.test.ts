import type { ChildProcess } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findSupervisor } from '../../src/local/attach/supervisor-record.ts';
import { type AttachedStack, attachStack } from '../../src/local/attach-stack.ts';
import { readEndpoints } from '../../src/local/endpoints.ts';
import { stopStack } from '../../src/local/stop-stack.ts';
import { storesEnv } from '../../src/local/stores-env.ts';
import { isAlive, signalProcess } from '../../src/local/supervise/process-identity.ts';
import {
  answersRedis,
  childOf,
  killClient,
  makeHome,
  pollUntil,
  runningProcesses,
  startClient,
  withRedis,
} from './stack-probe.ts';

// One stack goes through its whole life, because a start of Neo4j costs seconds: the tests below build on each other.
describe('the local stack', () => {
  const home = makeHome();
  let first: AttachedStack;
  let second: AttachedStack;
  const clients: ChildProcess[] = [];

  beforeAll(async () => {
    [first, second] = await Promise.all([attachStack({ home }), attachStack({ home })]);
  }, 90_000);

  afterAll(async () => {
    await Promise.all([first.detach(), second.detach(), ...clients.map(killClient)]);
    await stopStack({ home });
    rmSync(home, { recursive: true, force: true });
  }, 40_000);

  test('two starts at the same moment give one stack', () => {
    expect(first.endpoints).toEqual(second.endpoints);
    expect(runningProcesses(home)).toHaveLength(4);
  });

  test('the endpoints are kept where only their owner reads them', () => {
    expect(readEndpoints(home)).toEqual(first.endpoints);
    expect(statSync(join(home, 'endpoints.json')).mode & 0o777).toBe(0o600);
    expect(storesEnv(home)).toEqual({
      isRunning: true,
      lines: expect.arrayContaining([`REDIS_URL=${first.endpoints.REDIS_URL}`]),
    });
  });

  test('another process attaches to the same stack, and the stack is not stopped under it', async () => {
    const supervisor = findSupervisor(home);
    const { client, endpoints } = await startClient(home);
    clients.push(client);
    expect(endpoints).toEqual(first.endpoints);
    expect(findSupervisor(home)).toEqual(supervisor);
    await second.detach({ stopNow: true });
    expect(await stopStack({ home })).toEqual({ outcome: 'inUse', attached: 2 });
    expect(await answersRedis(first.endpoints)).toBe(true);
    await killClient(client);
  });

  test.each(['redis', 'clickhouse'])(
    '%s that was killed is back within 10 s',
    async (name) => {
      const killed = childOf(home, name);
      signalProcess(killed, 'SIGKILL');
      const isBack = async () => {
        const isNew = childOf(home, name).pid !== killed.pid;
        return (
          isNew &&
          (name === 'redis' ? answersRedis(first.endpoints) : answersClickhouse(first.endpoints.CLICKHOUSE_URL))
        );
      };
      expect(await pollUntil(isBack, 10_000)).toBeLessThan(10_000);
    },
    15_000,
  );

  test('a killed supervisor is followed by another one, its leftovers are ended, and the data is there', async () => {
    await withRedis(first.endpoints, (redis) => redis.set('kept', 'yes'));
    const [supervisor, frozen] = [findSupervisor(home), childOf(home, 'redis')];
    if (supervisor === undefined) throw new Error('no supervisor');
    // A frozen process ends at no signal that it could have seen, so it is surely left over.
    signalProcess(frozen, 'SIGSTOP');
    signalProcess(supervisor, 'SIGKILL');
    const isFollowed = () => (findSupervisor(home)?.pid ?? supervisor.pid) !== supervisor.pid;
    await pollUntil(async () => isFollowed() && (await answersRedis(first.endpoints)), 30_000);
    expect(isAlive(frozen)).toBe(false);
    expect(await withRedis(first.endpoints, (redis) => redis.get('kept'))).toBe('yes');
    // Attaches again to see all three healthy at the addresses that services know.
    second = await attachStack({ home });
    expect(second.endpoints).toEqual(first.endpoints);
  }, 60_000);

  test('the last one to leave may stop it at once', async () => {
    const before = runningProcesses(home);
    await first.detach();
    const startedMs = Date.now();
    await second.detach({ stopNow: true });
    expect(Date.now() - startedMs).toBeLessThan(10_000);
    expect(before.filter(isAlive)).toEqual([]);
  }, 20_000);

  test('it starts again with its ports where they are free, and ends after its only user was killed', async () => {
    const taken = await listenOn(Number(new URL(first.endpoints.REDIS_URL).port));
    const { client, endpoints } = await startClient(home);
    clients.push(client);
    taken.close();
    expect(endpoints.NEO4J_URL).toBe(first.endpoints.NEO4J_URL);
    expect(endpoints.REDIS_URL).not.toBe(first.endpoints.REDIS_URL);
    const all = runningProcesses(home);
    expect(all).toHaveLength(4);
    await killClient(client);
    await pollUntil(() => !all.some(isAlive), 25_000);
    expect(runningProcesses(home)).toEqual([]);
  }, 70_000);
});

function answersClickhouse(url: string): Promise<boolean> {
  return fetch(`${url}/ping`).then(
    (answer) => answer.ok,
    () => false,
  );
}

function listenOn(port: number): Promise<{ close(): void }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => resolve(server));
  });
}

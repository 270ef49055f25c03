import { setTimeout as sleep } from 'node:timers/promises';
import { readAll } from '../../log/build-request.ts';
import { someEvent } from '../open-door.ts';
import { type KeptDoor, openKeptDoor, until } from './keep-door.ts';

let door: KeptDoor;

beforeEach(async () => {
  door = await openKeptDoor({});
});
afterEach(() => door.close());

/** As long as the door waits for an answer of Redis. */
const redisTimeoutMs = 700;

type Asked = { id: string; status: number; code: unknown; ms: number };

async function ask(): Promise<Asked> {
  const event = someEvent();
  const startedAt = performance.now();
  const { status, body } = await door.post(JSON.stringify(event));
  return { id: String(event['eventId']), status, code: body['code'], ms: performance.now() - startedAt };
}

/** How late a timer of the door's own waiting time rings: a busy machine is not the door's doing. */
async function measureLateness(): Promise<number> {
  const startedAt = performance.now();
  await sleep(redisTimeoutMs);
  return performance.now() - startedAt - redisTimeoutMs;
}

/** Requests at a steady pace, whether or not the ones before were answered. */
async function askSteadily(count: number, everyMs: number): Promise<Asked[]> {
  const asked: Array<Promise<Asked>> = [];
  for (let sent = 0; sent < count; sent += 1) {
    asked.push(ask());
    await sleep(everyMs);
  }
  return Promise.all(asked);
}

function p99(asked: Asked[]): number {
  const sorted = asked.map(({ ms }) => ms).sort((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

async function storedIds(): Promise<string[]> {
  return (await readAll(door.log)).map(({ text }) => /"eventId":"([^"]+)"/.exec(text)?.[1] ?? '');
}

/** How long after its return Redis takes events again. */
async function timeUntilAccepting(): Promise<number> {
  const startedAt = Date.now();
  await until(async () => (await ask()).status === 202);
  return Date.now() - startedAt;
}

describe('a Redis that is gone', () => {
  test('killed: 503 within a second at p99, nothing sent again by itself, accepting within 5 s of its return', async () => {
    expect((await ask()).status).toBe(202);
    await door.redis.kill('SIGKILL');
    await until(() => !door.log.isConnected());
    const asked = await askSteadily(200, 10);
    expect(new Set(asked.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['503 log_unavailable']));
    expect(p99(asked)).toBeLessThan(1000);
    await door.redis.restart();
    expect(await timeUntilAccepting()).toBeLessThan(5000);
    await sleep(500);
    const stored = new Set(await storedIds());
    expect(asked.filter(({ id }) => stored.has(id))).toEqual([]);
  });

  test('frozen: 503 or, for what was on its way, 504, all within a second at p99, and accepting again after it', async () => {
    expect((await ask()).status).toBe(202);
    await door.redis.kill('SIGSTOP');
    const lateness = Promise.all(Array.from({ length: 20 }, (_, turn) => sleep(turn * 100).then(measureLateness)));
    const asked = await askSteadily(200, 10);
    expect(p99(asked)).toBeLessThan(1000 + Math.max(...(await lateness)));
    const unsent = asked.filter(({ status }) => status === 503);
    const inFlight = asked.filter(({ status }) => status === 504);
    expect(unsent.length + inFlight.length).toBe(200);
    expect(unsent.length).toBeGreaterThan(80);
    await door.redis.kill('SIGCONT');
    expect(await timeUntilAccepting()).toBeLessThan(5000);
    const stored = await storedIds();
    expect(new Set(stored).size).toBe(stored.length);
    expect(unsent.filter(({ id }) => stored.includes(id))).toEqual([]);
  });

  test('frozen for so long that its line is given up: accepting again within 5 s, each event once', async () => {
    await door.redis.kill('SIGSTOP');
    const asked = await askSteadily(65, 100);
    expect(asked.every(({ status }) => status === 503 || status === 504)).toBe(true);
    await door.redis.kill('SIGCONT');
    expect(await timeUntilAccepting()).toBeLessThan(5000);
    const stored = await storedIds();
    expect(new Set(stored).size).toBe(stored.length);
  });
});

import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFreeBytes } from '../../../src/ingest/intake/read-free-bytes.ts';
import { type Answer, someEvent } from '../open-door.ts';
import { type KeptDoor, openKeptDoor, until } from './keep-door.ts';

let door: KeptDoor;

afterEach(() => door.close());

function batch(events: number): string {
  return JSON.stringify({ events: Array.from({ length: events }, () => someEvent()) });
}

/** Sends until it is refused. */
async function fill(body: () => string, most: number): Promise<Answer> {
  for (let sent = 0; sent < most; sent += 1) {
    const answer = await door.post(body());
    if (answer.status !== 202) return answer;
  }
  throw new Error(`nothing was refused after ${most} requests`);
}

async function expectShed(answer: Answer, code: string): Promise<void> {
  expect(answer).toMatchObject({ status: 503, retryAfter: '5', body: { code, status: 503 } });
  expect(answer.contentType).toBe('application/problem+json; charset=utf-8');
  const before = await door.log.lastSeq();
  expect(await door.post(batch(2))).toMatchObject({ status: 503, body: { code } });
  expect(await door.log.lastSeq()).toBe(before);
}

describe('a log that is full', () => {
  test('sheds, keeps nothing of what it refuses, and opens again when it has emptied', async () => {
    door = await openKeptDoor({ maxLogBytes: 300_000 });
    await expectShed(await fill(() => batch(100), 500), 'log_full');
    await door.log.trimBelow(`${await door.log.lastSeq()}-${Date.now() + 60_000}`);
    await until(async () => (await door.post(batch(1))).status === 202);
    expect(door.turns).toEqual(['log_full', null]);
    expect(door.counted['log_full']).toBeGreaterThanOrEqual(2);
  });

  test('a Redis that fills up is spared before it has to refuse', async () => {
    door = await openKeptDoor({ maxRedisShare: 0.75, redisOptions: ['--maxmemory', '12mb'] });
    const answer = await fill(() => batch(200), 2000);
    expect(answer).toMatchObject({ status: 503, body: { code: 'log_full' } });
    // The keeper answered and not Redis: there is still room in it.
    const { usedBytes, maxBytes } = await door.log.memory();
    expect(usedBytes).toBeLessThan(maxBytes);
    await expectShed(answer, 'log_full');
  });

  test('a Redis that refuses all the same is a 503 too, and holds nothing of the request', async () => {
    door = await openKeptDoor({ maxRedisShare: 1000, redisOptions: ['--maxmemory', '4mb'] });
    const answer = await fill(() => batch(200), 2000);
    expect(answer).toMatchObject({ status: 503, retryAfter: '1', body: { code: 'log_full' } });
    const kept = await door.log.lastSeq();
    const refused = batch(200);
    expect(await door.post(refused)).toMatchObject({ status: 503, body: { code: 'log_full' } });
    expect(await door.log.lastSeq()).toBe(kept);
    await door.log.trimBelow(`${kept}-${Date.now() + 60_000}`);
    expect(await door.post(refused)).toMatchObject({ status: 202, body: { accepted: 200, duplicate: 0 } });
  });
});

describe('stores that do not follow', () => {
  test('shed from the age of the first entry that one of them still has to take, and not of any later one', async () => {
    door = await openKeptDoor({ maxLagSeconds: 1 });
    await door.post(batch(1));
    await door.post(batch(1));
    const { graph } = await door.log.unprojected();
    expect(graph).toMatch(/^1-/);
    await until(async () => (await door.post(batch(1))).status === 503);
    await expectShed(await door.post(batch(1)), 'stores_behind');
    const last = await door.log.lastId();
    // One store that has everything does not help while the other has not.
    await door.log.publishProgress({ graphPosition: last });
    const seen = door.looks();
    await until(() => door.looks() > seen + 2);
    expect((await door.post(batch(1))).status).toBe(503);
    await door.log.publishProgress({ factsPosition: last });
    await until(async () => (await door.post(batch(1))).status === 202);
    expect(door.turns).toEqual(['stores_behind', null]);
  });

  test('an idle log is not behind, however old its entries', async () => {
    door = await openKeptDoor({ maxLagSeconds: 1 });
    await door.post(batch(1));
    const last = await door.log.lastId();
    await door.log.publishProgress({ graphPosition: last, factsPosition: last });
    await new Promise((resolve) => setTimeout(resolve, 1300));
    expect(await door.log.unprojected()).toEqual({ graph: null, facts: null });
    expect((await door.post(batch(1))).status).toBe(202);
  });
});

describe('a disk that is nearly full', () => {
  test('sheds and opens again when there is room', async () => {
    const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sharetrail-full-'));
    const file = join(folder, 'filler');
    try {
      const free = await readFreeBytes(folder);
      const size = Math.min(256 * 1024 * 1024, Math.floor(free / 4));
      door = await openKeptDoor({ folders: [folder], minFreeBytes: free - size / 2, resumeBelow: 1 });
      expect((await door.post(batch(1))).status).toBe(202);
      writeFileSync(file, randomBytes(size));
      await until(async () => (await door.post(batch(1))).status === 503);
      await expectShed(await door.post(batch(1)), 'disk_full');
      rmSync(file);
      await until(async () => (await door.post(batch(1))).status === 202);
      expect(door.turns).toEqual(['disk_full', null]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('what is refused is refused before its body is read', async () => {
  door = await openKeptDoor({ maxLogBytes: 1 });
  await door.post(batch(1));
  await until(() => door.turns.length > 0);
  const { hostname, port } = new URL(door.url);
  const socket = connect(Number(port), hostname);
  const answered = new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())));
  const startedAt = Date.now();
  // Nothing of the body follows: whoever waited for it would answer 408 after 30 s.
  socket.write(
    'POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9000000\r\n\r\n{',
  );
  expect(await answered).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 5/i);
  expect(Date.now() - startedAt).toBeLessThan(1000);
  socket.destroy();
});

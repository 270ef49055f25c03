import { gzipSync } from 'node:zlib';
import { readAll } from '../log/build-request.ts';
import { type Door, openDoor, someEvent } from './open-door.ts';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

async function stored(): Promise<string[]> {
  return (await readAll(door.log)).map(({ text }) => text);
}

describe('POST /v1/events', () => {
  test('takes one event as it was written, byte for byte', async () => {
    const event = someEvent({ userId: '\u{1F469}\u200d\u{1F4BB} \u0645\u0631\u062d\u0628\u0627' });
    const text = `  ${JSON.stringify(event, null, 3)}\n`;
    const answer = await door.post(text);
    expect(answer).toMatchObject({
      status: 202,
      body: { accepted: 1, duplicate: 0, conflict: 0, rejected: 0, results: [] },
    });
    expect((await stored()).at(-1)).toBe(text.trim());
  });

  test('answers each item of a batch, and keeps the bytes of the accepted ones only', async () => {
    const good = [someEvent(), someEvent()];
    const bad = someEvent({ eventName: 'POST_VIEW' });
    const before = (await stored()).length;
    const text = `{ "events" : [ ${JSON.stringify(good[0])} ,\n7, ${JSON.stringify(bad)},null,${JSON.stringify(good[1])}, [{}] ] }`;
    const answer = await door.post(text);
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({ accepted: 2, rejected: 4 });
    expect(answer.body['results']).toMatchObject([
      { index: 1, eventId: null, status: 'rejected', code: 'not_an_object' },
      { index: 2, eventId: bad['eventId'], status: 'rejected', code: 'unknown_event_name', pointer: '/eventName' },
      { index: 3, code: 'not_an_object' },
      { index: 5, code: 'not_an_object' },
    ]);
    expect((await stored()).slice(before)).toEqual(good.map((event) => JSON.stringify(event)));
  });

  test('takes NDJSON, where a bad line costs one line and indexes count non-empty lines', async () => {
    const good = [someEvent(), someEvent()];
    const lines = [
      JSON.stringify(good[0]),
      '',
      '{"half":',
      '  ',
      `\t${JSON.stringify(good[1])} \r`,
      '{"events":[]}',
      '',
    ];
    const bytes = Buffer.concat([Buffer.from(lines.join('\n')), Buffer.from([0x22, 0xff, 0x22, 10])]);
    const answer = await door.post(bytes, { type: 'application/x-ndjson' });
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({ accepted: 2, rejected: 3 });
    expect(answer.body['results']).toMatchObject([
      { index: 1, code: 'not_json' },
      { index: 3 },
      { index: 4, code: 'not_utf8' },
    ]);
    expect((await stored()).slice(-2)).toEqual(good.map((event) => JSON.stringify(event)));
  });

  test('takes gzip', async () => {
    const body = new Uint8Array(gzipSync(JSON.stringify(someEvent())));
    const headers = { 'content-type': 'application/json; charset=UTF-8', 'content-encoding': 'gzip' };
    const response = await fetch(`${door.url}/v1/events`, { method: 'POST', body, headers });
    expect(response.status).toBe(202);
    await response.body?.cancel();
  });

  test('tells repeats from conflicts, across requests and inside one', async () => {
    const event = someEvent();
    const reordered = Object.fromEntries(Object.entries(event).reverse());
    const other = { ...event, userId: 'user_2' };
    expect((await door.post(JSON.stringify(event))).status).toBe(202);
    const repeat = await door.post(JSON.stringify(reordered));
    expect(repeat).toMatchObject({ status: 202, body: { accepted: 0, duplicate: 1 } });
    expect(repeat.body['results']).toMatchObject([{ index: 0, status: 'duplicate', code: 'duplicate' }]);
    const conflict = await door.post(JSON.stringify(other));
    expect(conflict.status).toBe(422);
    expect(conflict.contentType).toContain('application/problem+json');
    expect(conflict.body).toMatchObject({ conflict: 1, code: 'all_items_refused' });
    const fresh = someEvent();
    const inside = await door.post(JSON.stringify({ events: [fresh, { ...fresh, sessionId: 'other' }, fresh] }));
    expect(inside.status).toBe(207);
    expect(inside.body['results']).toMatchObject([
      { index: 1, status: 'conflict', code: 'event_id_conflict' },
      { index: 2, status: 'duplicate' },
    ]);
  });

  test('lets the first of two events of one request that create one post have it', async () => {
    const postId = `post_${Date.now()}`;
    const first = someEvent({ eventName: 'post_created', data: { postId } });
    const second = someEvent({ eventName: 'post_share', data: { postId: 'root', shareId: postId } });
    const third = someEvent({ eventName: 'post_share', eventId: `${postId}-own`, data: { postId } });
    const answer = await door.post(JSON.stringify({ events: [first, second, third] }));
    expect(answer.body).toMatchObject({ accepted: 2, conflict: 1 });
    expect(answer.body['results']).toMatchObject([{ index: 1, status: 'conflict', code: 'post_id_taken' }]);
  });

  test('corrects a clock that is steadily off, and leaves a small difference alone', async () => {
    const hourAhead = Date.now() + 3_600_000;
    const skewed = someEvent({ timestamp: hourAhead - 5000, sentAt: hourAhead });
    const near = someEvent({ timestamp: Date.now() - 30_000, sentAt: Date.now() - 20_000 });
    expect((await door.post(JSON.stringify({ events: [skewed, near] }))).body).toMatchObject({ accepted: 2 });
    const entry = await door.log.readEntry(await door.log.lastId());
    const [first, second] = entry?.items ?? [];
    expect(Math.abs((first?.timestampMs ?? 0) - (Date.now() - 5000))).toBeLessThan(3000);
    expect(first?.mayBeLate).toBe(true);
    expect(second?.timestampMs).toBe(near['timestamp']);
  });

  test('names every item with results=all', async () => {
    const answer = await door.post(JSON.stringify({ events: [someEvent(), 1] }), { query: '?results=all' });
    expect(answer.body['results']).toMatchObject([
      { index: 0, status: 'accepted' },
      { index: 1, status: 'rejected' },
    ]);
  });

  test('takes 10,000 events and balances the ledger', async () => {
    const events = Array.from({ length: 10_000 }, (_, number) =>
      someEvent({ eventId: `bulk_${Date.now()}_${number}` }),
    );
    const answer = await door.post(JSON.stringify({ events }));
    expect(answer).toMatchObject({ status: 202, body: { accepted: 10_000 } });
    const ledger = await door.log.readLedger({ fromMs: 0, toMs: Date.now() + 60_000 });
    for (const { received, accepted, duplicate, conflict, rejected } of ledger) {
      expect(received).toBe(accepted + duplicate + conflict + rejected);
    }
    expect(door.counted['accepted']).toBe(ledger.reduce((sum, { accepted }) => sum + accepted, 0));
  });
});

describe('POST /v1/events?wait=projected', () => {
  test('answers 202 when the time is up, 200 once both stores hold the items, 207 where items ended otherwise', async () => {
    const waiting = await door.post(JSON.stringify(someEvent()), { query: '?wait=projected&timeoutMs=50' });
    expect(waiting).toMatchObject({ status: 202, body: { accepted: 1, state: 'queued' } });
    await door.log.publishProgress({ graphSeq: 1e9, factsSeq: 1e9, lineageLinkSeq: 0 });
    const done = await door.post(JSON.stringify(someEvent()), { query: '?wait=projected' });
    expect(done).toMatchObject({ status: 200, body: { accepted: 1, state: 'projected' } });
    door.stores.outcomes.facts.outcomes.push({ seq: 1, eventId: 'e', status: 'lateDuplicate', code: 'late_duplicate' });
    const settled = await door.post(JSON.stringify(someEvent()), { query: '?wait=projected' });
    expect(settled).toMatchObject({ status: 207, body: { state: 'settled' } });
    door.stores.outcomes.facts.outcomes.length = 0;
    await door.log.publishProgress({ graphSeq: 0, factsSeq: 0 });
  });
});

import fc from 'fast-check';
import type { PostOutcome } from '../../src/ingest/receipt/outcomes.ts';
import { parseReceipt, writeReceipt } from '../../src/ingest/receipt/receipt.ts';
import { type Door, openDoor, someEvent } from './open-door.ts';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());
beforeEach(async () => {
  door.stores.outcomes = { graph: { posts: [], refusals: [] }, facts: { held: 0, outcomes: [] } };
  door.stores.letters = [];
  door.stores.place = null;
  await door.log.publishProgress({ graphSeq: 0, factsSeq: 0, lineageLinkSeq: 0 });
});

/** A post as the graph tells of it; what is given replaces. */
function post(fields: Partial<PostOutcome>): PostOutcome {
  const nothing = { linkSeq: null, rootId: null, rootHint: null, depth: null, parentAuthorId: null };
  return { seq: 1, postId: 'p', eventId: 'e', state: 'linked', ...nothing, ...fields };
}

describe('a receipt', () => {
  test('reads back as it was written, and nothing else reads as one', () => {
    const receipt = fc.record({
      firstSeq: fc.nat({ max: 2 ** 47 }),
      acceptedAtMs: fc.nat({ max: 2 ** 45 }),
      count: fc.nat({ max: 10_000 }),
    });
    fc.assert(fc.property(receipt, (value) => expect(parseReceipt(writeReceipt(value))).toEqual(value)));
    fc.assert(fc.property(fc.string(), (text) => expect(parseReceipt(text)).toBeNull()));
  });

  test('goes from queued to projected, and waits for lineage', async () => {
    const { body } = await door.post(JSON.stringify(someEvent()));
    const path = `/v1/receipts/${body['receipt']}`;
    expect(await door.get(path)).toMatchObject({ status: 200, body: { state: 'queued' } });
    door.stores.outcomes.graph.posts = [post({ linkSeq: 9 })];
    door.stores.outcomes.facts.held = 1;
    await door.log.publishProgress({ graphSeq: 1e9, factsSeq: 1e9, lineageLinkSeq: 8 });
    expect((await door.get(path)).body).toMatchObject({ state: 'queued' });
    await door.log.publishProgress({ lineageLinkSeq: 9 });
    expect((await door.get(path)).body).toEqual({ state: 'projected', graph: 1, facts: 1 });
  });

  test('names a quarantined share by its event, and a dead letter before anything else', async () => {
    const { body } = await door.post(JSON.stringify(someEvent()));
    await door.log.publishProgress({ graphSeq: 1e9, factsSeq: 1e9 });
    door.stores.outcomes.graph.posts = [post({ state: 'quarantined' })];
    expect((await door.get(`/v1/receipts/${body['receipt']}`)).body).toMatchObject({
      state: 'settled',
      items: [{ eventId: 'e', postId: 'p', status: 'quarantined', code: 'ring_of_shares' }],
    });
    door.stores.outcomes.facts.outcomes = [{ seq: 1, eventId: 'e', status: 'deadLettered', code: 'TYPE_MISMATCH' }];
    expect((await door.get(`/v1/receipts/${body['receipt']}`)).body).toMatchObject({
      items: [{ eventId: 'e', status: 'deadLettered', code: 'TYPE_MISMATCH' }],
    });
  });

  test('of repeats alone is not projected before the last of their originals is', async () => {
    const events = [someEvent(), someEvent(), someEvent()];
    await door.post(JSON.stringify({ events }));
    const lastSeq = await door.log.lastSeq();
    await door.post(JSON.stringify(someEvent()));
    const repeated = await door.post(JSON.stringify({ events: [events[2], events[0], { ...events[1], userId: 'x' }] }));
    expect(repeated.body).toMatchObject({ accepted: 0, duplicate: 2, conflict: 1 });
    const path = `/v1/receipts/${repeated.body['receipt']}`;
    expect((await door.get(path)).body).toEqual({ state: 'queued', graph: 0, facts: 0 });
    await door.log.publishProgress({ graphSeq: lastSeq, factsSeq: lastSeq - 1 });
    expect((await door.get(path)).body).toMatchObject({ state: 'queued' });
    door.stores.outcomes.graph.posts = [post({ linkSeq: 5 })];
    await door.log.publishProgress({ factsSeq: lastSeq });
    expect((await door.get(path)).body).toMatchObject({ state: 'queued' });
    await door.log.publishProgress({ lineageLinkSeq: 5 });
    expect((await door.get(path)).body).toEqual({ state: 'projected', graph: 0, facts: 0 });
  });

  test('of repeats alone holds an answer that waits', async () => {
    const event = JSON.stringify(someEvent());
    await door.post(event);
    const waiting = await door.post(event, { query: '?wait=projected&timeoutMs=50' });
    expect(waiting).toMatchObject({ status: 202, body: { duplicate: 1, state: 'queued' } });
    const answer = door.post(event, { query: '?wait=projected' });
    await door.log.publishProgress({ graphSeq: 1e9, factsSeq: 1e9 });
    expect(await answer).toMatchObject({ status: 200, body: { duplicate: 1, state: 'projected' } });
  });

  test('that was given for repeats before originals were told is read as it was', async () => {
    const old = writeReceipt({ firstSeq: 0, acceptedAtMs: Date.now(), count: 0 });
    expect((await door.get(`/v1/receipts/${old}`)).body).toEqual({ state: 'projected', graph: 0, facts: 0 });
  });

  test('that was never given is not found', async () => {
    const { body } = await door.post(JSON.stringify(someEvent()));
    const forged = [1, 0].map((count) => writeReceipt({ firstSeq: 1_000_000, acceptedAtMs: 5, count }));
    for (const text of ['x', ...forged, `${body['receipt']}A`]) {
      expect(await door.get(`/v1/receipts/${text}`)).toMatchObject({
        status: 404,
        body: { code: 'receipt_not_found' },
      });
    }
  });
});

describe('GET /v1/events/{eventId}', () => {
  test('follows one event, whatever its id is made of', async () => {
    const eventId = 'a/b?c=%41 \u{1F44D}';
    await door.post(JSON.stringify(someEvent({ eventId })));
    const path = `/v1/events/${encodeURIComponent(eventId)}`;
    const queued = await door.get(path);
    expect(queued).toMatchObject({ status: 200, body: { eventId, status: 'queued', reason: null } });
    expect(Math.abs(Date.parse(String(queued.body['acceptedAt'])) - Date.now())).toBeLessThan(5000);
    await door.log.publishProgress({ graphSeq: 1e9, factsSeq: 1e9 });
    door.stores.outcomes.facts.held = 1;
    expect((await door.get(path)).body).toMatchObject({ status: 'stored', facts: 1 });
    door.stores.outcomes.graph.posts = [post({ state: 'pending' })];
    expect((await door.get(path)).body).toMatchObject({ status: 'pending', graph: 1, reason: 'parent_unknown' });
  });

  test('knows from the facts what the door has forgotten, and says 404 for what was never accepted', async () => {
    const event = { eventName: 'post_view', network: 'default', postAuthor: null };
    door.stores.facts.set('forgotten', { seq: 1e6, acceptedAtMs: Date.UTC(2026, 0, 1), event });
    expect((await door.get('/v1/events/forgotten')).body).toMatchObject({
      acceptedAt: '2026-01-01T00:00:00.000Z',
      trail: { log: { acceptSeq: 1e6, entryId: null, held: false }, graph: { state: 'notForThisStore' } },
    });
    expect(await door.get('/v1/events/never')).toMatchObject({ status: 404, body: { code: 'event_not_found' } });
  });
});

describe('the trail of an event', () => {
  const follow = async (event: Record<string, unknown>) => {
    const { body } = await door.get(`/v1/events/${encodeURIComponent(String(event['eventId']))}`);
    return body;
  };

  test('leads from the log through graph and lineage into the facts', async () => {
    const share = someEvent({ eventName: 'post_share', data: { postId: 'root', shareId: 'copy' } });
    await door.post(JSON.stringify(share));
    const seq = await door.log.lastSeq();
    expect((await follow(share))['trail']).toEqual({
      log: { acceptSeq: seq, entryId: await door.log.lastId(), held: true },
      graph: { state: 'queued', reached: false, postId: null, rootPostId: null, depth: null },
      lineage: { needed: false, reached: false, seq: null },
      facts: { stored: false, reached: false },
      deadLetters: [],
    });
    await door.log.publishProgress({ graphSeq: seq, factsSeq: seq - 1, lineageLinkSeq: 6 });
    door.stores.outcomes.graph.posts = [post({ seq, postId: 'copy', linkSeq: 7, rootId: 'root', depth: 1 })];
    expect((await follow(share))['trail']).toMatchObject({
      graph: { state: 'linked', reached: true, postId: 'copy', rootPostId: 'root', depth: 1 },
      lineage: { needed: true, reached: false, seq: null },
      facts: { stored: false, reached: false },
    });
    await door.log.publishProgress({ factsSeq: seq, lineageLinkSeq: 7 });
    door.stores.outcomes.facts.held = 1;
    door.stores.place = 3;
    expect((await follow(share))['trail']).toMatchObject({
      lineage: { needed: true, reached: true, seq: 3 },
      facts: { stored: true, reached: true },
    });
  });

  test('says so where the graph does not need the event, and where it takes one that makes no post', async () => {
    const view = someEvent();
    const follows = someEvent({ eventName: 'user_follow', data: { targetUserId: 'u2', action: 'follow' } });
    await door.post(JSON.stringify({ events: [view, follows] }));
    await door.log.publishProgress({ graphSeq: 1e9 });
    expect((await follow(view))['trail']).toMatchObject({ graph: { state: 'notForThisStore', reached: true } });
    expect((await follow(follows))['trail']).toMatchObject({ graph: { state: 'stored', postId: null } });
  });

  test('names the dead letters, also one that the graph alone knows of so far', async () => {
    const share = someEvent({ eventName: 'post_share', data: { postId: 'root' } });
    await door.post(JSON.stringify(share));
    const seq = await door.log.lastSeq();
    door.stores.outcomes.graph.refusals = [{ seq, eventId: 'e', code: 'invalid_value', status: 'deadLettered' }];
    const untold = { id: `graph-${seq}`, stage: 'graph', state: 'waiting', code: 'invalid_value' };
    expect(await follow(share)).toMatchObject({
      status: 'deadLettered',
      trail: { graph: { state: 'deadLettered' }, deadLetters: [{ ...untold, reason: null, diedAt: null }] },
    });
    const written = { stage: 'graph', state: 'waiting', code: 'invalid_value', reason: 'why', diedAtMs: 0 } as const;
    door.stores.letters = [{ ...written, id: `graph-${seq}`, acceptedAtMs: 1, raw: '' }];
    expect((await follow(share))['trail']).toMatchObject({
      deadLetters: [{ ...untold, reason: 'why', diedAt: '1970-01-01T00:00:00.000Z' }],
    });
  });

  test('warns of a hint that names another author than the parent has, in whichever way it was spelled', async () => {
    const warningsOf = async (data: object, parentAuthorId: string | null, network = 'default') => {
      const share = someEvent({ eventName: 'post_share', data: { postId: 'root', ...data }, metadata: { network } });
      await door.post(JSON.stringify(share));
      door.stores.outcomes.graph.posts = [post({ parentAuthorId })];
      return (await follow(share))['warnings'];
    };
    expect(await warningsOf({ postAuthor: 'a' }, 'b')).toMatchObject([
      { code: 'author_differs', detail: 'postAuthor was a, the author is b' },
    ]);
    expect(await warningsOf({ postAuthor: 'a' }, 'a')).toEqual([]);
    expect(await warningsOf({ postAuthor: 'a' }, null)).toEqual([]);
    expect(await warningsOf({}, 'b')).toEqual([]);
    expect(await warningsOf({ postAuthor: 'a' }, 'chat:a', 'chat')).toEqual([]);
    expect(await warningsOf({ postAuthor: 'chat:a' }, 'chat:a', 'chat')).toEqual([]);
    expect(await warningsOf({ postAuthor: 'a' }, 'chat:b', 'chat')).toMatchObject([{ code: 'author_differs' }]);
  });
});

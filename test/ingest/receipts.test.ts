import fc from 'fast-check';
import { parseReceipt, writeReceipt } from '../../src/ingest/receipt/receipt.ts';
import { type Door, openDoor, someEvent } from './open-door.ts';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const far = '999999999-9999999999999';

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
    door.stores.outcomes = {
      graph: {
        posts: [{ seq: 1, postId: 'p', state: 'linked', linkSeq: 9, rootId: null, rootHint: null }],
        refusals: [],
      },
      facts: { held: 1, outcomes: [] },
    };
    await door.log.publishProgress({ graphPosition: far, factsPosition: far, lineageLinkSeq: 8 });
    expect((await door.get(path)).body).toMatchObject({ state: 'queued' });
    await door.log.publishProgress({ lineageLinkSeq: 9 });
    expect((await door.get(path)).body).toEqual({ state: 'projected', graph: 1, facts: 1 });
    door.stores.outcomes.graph.posts = [
      { seq: 1, postId: 'p', state: 'quarantined', linkSeq: null, rootId: null, rootHint: null },
    ];
    expect((await door.get(path)).body).toMatchObject({
      state: 'settled',
      items: [{ postId: 'p', status: 'quarantined', code: 'ring_of_shares' }],
    });
    door.stores.outcomes = { graph: { posts: [], refusals: [] }, facts: { held: 0, outcomes: [] } };
    await door.log.publishProgress({ graphPosition: '0-0', factsPosition: '0-0', lineageLinkSeq: 0 });
  });

  test('of nothing is projected; one never given is not found', async () => {
    const event = JSON.stringify(someEvent());
    await door.post(event);
    const { body } = await door.post(event);
    expect((await door.get(`/v1/receipts/${body['receipt']}`)).body).toMatchObject({ state: 'projected', facts: 0 });
    const forged = writeReceipt({ firstSeq: 1_000_000, acceptedAtMs: 5, count: 1 });
    for (const text of ['x', forged, `${body['receipt']}A`]) {
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
    door.stores.outcomes.graph.posts = [
      { seq: 1, postId: 'p', state: 'pending', linkSeq: null, rootId: null, rootHint: null },
    ];
    expect((await door.get(path)).body).toMatchObject({ status: 'pending', graph: 1, reason: 'parent_unknown' });
    door.stores.outcomes.graph.posts = [];
  });

  test('knows from the facts what the door has forgotten, and says 404 for what was never accepted', async () => {
    door.stores.facts.set('forgotten', { seq: 3, acceptedAtMs: Date.UTC(2026, 0, 1) });
    expect((await door.get('/v1/events/forgotten')).body).toMatchObject({ acceptedAt: '2026-01-01T00:00:00.000Z' });
    expect(await door.get('/v1/events/never')).toMatchObject({ status: 404, body: { code: 'event_not_found' } });
  });
});

import { randomUUID } from 'node:crypto';
import { eventually, freshServiceStores, readJson, type ServiceUnderTest, startService } from './start-service.ts';

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startService(await freshServiceStores());
}, 120_000);

afterAll(async () => {
  await service.kill('SIGTERM');
}, 30_000);

async function send(events: readonly object[]): Promise<Record<string, unknown>> {
  const response = await fetch(`${service.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

const timestamp = '2026-01-01T12:00:00Z';
const original = (postId: string) => ({
  eventId: `e-${postId}`,
  eventName: 'post_created',
  userId: `u-${postId}`,
  timestamp,
  data: { postId },
});
const share = (from: string, to: string, eventId = `e-${to}`, at = timestamp) => ({
  eventId,
  eventName: 'post_share',
  userId: `u-${to}`,
  timestamp: at,
  data: { postId: from, shareId: to },
});
const view = (postId: string) => ({
  eventId: randomUUID(),
  eventName: 'post_view',
  userId: 'viewer',
  timestamp,
  data: { postId },
});

const readLedger = () => readJson(`${service.url}/v1/ledger?limit=100`);

describe('the ledger of a running service', () => {
  test('has every item under what became of it, over all and in each store', async () => {
    const root = original('root');
    const copy = share('root', 'copy');
    expect(await send([root, copy, view('root'), view('root')])).toMatchObject({ accepted: 4 });
    // One repeat, one other content under a known id, one unknown name, and a new view.
    const odd = [root, { ...copy, userId: 'somebody-else' }, { ...view('root'), eventName: 'nothing' }, view('copy')];
    expect(await send(odd)).toMatchObject({ accepted: 1, duplicate: 1, conflict: 1, rejected: 1 });
    // One waits for a parent that never comes; a ring of two, of which the later is quarantined; one id taken long ago,
    // and one taken within the request.
    const waiting = share('never', 'waiting');
    const ring = [share('ring-b', 'ring-a'), share('ring-a', 'ring-b', 'e-ring-b', '2026-01-01T12:00:01Z')];
    const taken = [share('root', 'copy', 'e-again'), original('new'), share('root', 'new', 'e-new-again')];
    expect(await send([waiting, ...ring, ...taken])).toMatchObject({ accepted: 5, conflict: 1 });
    const came = { received: 14, accepted: 10, duplicate: 1, conflict: 2, rejected: 1 };
    const ended = { deadLettered: 0, lateDuplicate: 0, erased: 0, expired: 0, inFlight: 0, balanced: true };
    await eventually(async () => {
      const { totals } = await readLedger();
      return isEqual(totals, {
        ...came,
        ...ended,
        stored: 9,
        pending: 2,
        quarantined: 1,
        lateConflict: 1,
        stores: {
          graph: { ...came, ...ended, stored: 6, pending: 2, quarantined: 1, lateConflict: 1, notForThisStore: 3 },
          facts: { ...came, ...ended, stored: 10, pending: 0, quarantined: 0, lateConflict: 0, notForThisStore: 0 },
        },
      });
    }, 120_000);
  }, 150_000);

  test('is followed event by event in their receipts', async () => {
    const read = async (eventId: string) => readJson(`${service.url}/v1/events/${eventId}`);
    const trail = {
      log: { acceptSeq: 2, entryId: expect.any(String), held: true },
      graph: { state: 'linked', reached: true, postId: 'copy', rootPostId: 'root', depth: 1 },
      lineage: { needed: true, reached: true, seq: 1 },
      facts: { stored: true, reached: true },
      deadLetters: [],
    };
    // Lineage follows a moment after the books are closed.
    await eventually(async () => isEqual((await read('e-copy'))['trail'], trail), 60_000);
    expect(await read('e-waiting')).toMatchObject({ status: 'pending', trail: { lineage: { needed: false } } });
    expect(await read('e-ring-b')).toMatchObject({ status: 'quarantined', trail: { graph: { state: 'quarantined' } } });
    expect(await read('e-again')).toMatchObject({
      reason: 'post_id_taken',
      trail: { graph: { state: 'lateConflict' } },
    });
  }, 70_000);

  test('balances at each of 50 readings while events keep coming', async () => {
    const stopping = new AbortController();
    const loading = (async () => {
      for (let round = 0; !stopping.signal.aborted; round += 1) {
        const root = original(`load-${round}`);
        const copies = Array.from({ length: 5 }, (_, copy) => share(`load-${round}`, `load-${round}-${copy}`));
        await send([root, ...copies, root, { ...root, eventName: 'nothing' }, view(`load-${round}`)]);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    const unbalanced: unknown[] = [];
    let inFlight = 0;
    for (let reading = 0; reading < 50; reading += 1) {
      const { items, totals } = await readLedger();
      if (!JSON.stringify(totals).includes('"balanced":true') || JSON.stringify(totals).includes('"balanced":false')) {
        unbalanced.push(items);
      }
      if (!JSON.stringify(totals).endsWith('"inFlight":0')) inFlight += 1;
    }
    stopping.abort();
    await loading;
    expect(unbalanced).toEqual([]);
    expect(inFlight).toBeGreaterThan(0);
  }, 400_000);

  test('is told to whoever watches', async () => {
    await eventually(async () => {
      const text = await (await fetch(`${service.url}/metrics`)).text();
      const told = text.match(/^sharetrail_ledger_.*$/gm) ?? [];
      const wanted = [/^sharetrail_ledger_unbalanced_minutes 0$/, /^sharetrail_ledger_check_age_seconds [\d.]+$/];
      return wanted.every((line) => told.some((found) => line.test(found))) || told;
    }, 60_000);
    expect(service.output.filter((line) => line.includes('does not balance'))).toEqual([]);
  }, 70_000);
});

/** The same whatever the order of the fields; otherwise what was found. */
function isEqual(found: unknown, wanted: unknown): unknown {
  try {
    expect(found).toEqual(wanted);
    return true;
  } catch {
    return found;
  }
}

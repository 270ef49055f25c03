import { eventually } from '../whole/start-service.ts';
import type { Answer } from './ask-service.ts';
import { askInTime } from './expect-refused.ts';
import { type OpenService, openService } from './open-service.ts';

const chainLength = 20_000;
const starShares = 100_000;
const batchSize = 10_000;
const startMs = Date.UTC(2026, 0, 1);
let service: OpenService;

beforeAll(async () => {
  service = await openService();
}, 90_000);
afterAll(() => service.close(), 30_000);

function line(shareId: string, parent: string | null, number: number): string {
  const data = parent === null ? { postId: shareId } : { postId: parent, shareId };
  return JSON.stringify({
    eventId: `e-${shareId}`,
    eventName: parent === null ? 'post_created' : 'post_share',
    userId: `u-${shareId}`,
    timestamp: startMs + number * 1000,
    data,
  });
}

type Loaded = { rootId: string; last: string; deadlineMs: number };

/** Sends the lines in full requests and waits until the post named last is linked and all are counted. */
async function load(lines: string[], { rootId, last, deadlineMs }: Loaded): Promise<void> {
  for (let from = 0; from < lines.length; from += batchSize) {
    const answer = await postUntilKnown(lines.slice(from, from + batchSize).join('\n'));
    expect(answer.body).toMatchObject({ rejected: 0, conflict: 0 });
  }
  await eventually(async () => {
    const { body } = await service.ask({ path: `/v1/posts/${last}` });
    return body['state'] === 'linked' || body;
  }, deadlineMs);
  await eventually(async () => {
    const { body } = await service.ask({ path: `/v1/cascades/${rootId}` });
    return body['shares'] === lines.length - 1 || body['shares'];
  }, 60_000);
}

/** Where it is not known whether a request was kept, it is sent again, as its answer says. */
async function postUntilKnown(body: string): Promise<Answer> {
  for (;;) {
    const answer = await service.post(body, { type: 'application/x-ndjson' });
    if (answer.status !== 503 && answer.status !== 504) return answer;
  }
}

async function expectQuick(path: string): Promise<Record<string, unknown>> {
  const answer = await askInTime(service, { path });
  expect([path, answer.status]).toEqual([path, 200]);
  expect(answer.durationMs).toBeLessThan(1000);
  return answer.body;
}

describe(`a chain of ${chainLength} shares`, () => {
  const last = `chain-${chainLength}`;

  // The far end first: everything waits for its parent until the very last batch.
  test('is accepted and linked, although every parent comes after its share', async () => {
    const lines = Array.from({ length: chainLength + 1 }, (_, at) =>
      line(`chain-${at}`, at === 0 ? null : `chain-${at - 1}`, at),
    );
    await load(lines.reverse(), { rootId: 'chain-0', last, deadlineMs: 120_000 });
  }, 200_000);

  test('is read whole, in time', async () => {
    expect(await expectQuick(`/v1/posts/${last}`)).toMatchObject({ state: 'linked', depth: chainLength });
    expect(await expectQuick('/v1/cascades/chain-0')).toMatchObject({
      shares: chainLength,
      depth: chainLength,
      maxBreadth: 1,
    });
    expect(await expectQuick('/v1/cascades/chain-0/depths')).toMatchObject({ total: chainLength });
  }, 30_000);

  test('has a path from its first post to its last, and the database stays at hand', async () => {
    const asking = askInTime(service, { path: `/v1/posts/${last}/path` });
    await expectQuick('/v1/posts/chain-1');
    const answer = await asking;
    const path = answer.body['path'];
    expect(answer.status).toBe(200);
    expect(answer.durationMs).toBeLessThan(1000);
    expect(answer.body).toMatchObject({ depth: chainLength, rootPostId: 'chain-0' });
    expect(Array.isArray(path) ? path.length : 0).toBe(chainLength + 1);
    expect(String(answer.body['sharePath']).split('/')).toHaveLength(chainLength + 1);
  }, 30_000);
});

describe(`a star of ${starShares} shares`, () => {
  test('is accepted and linked', async () => {
    const lines = [line('star', null, 0)];
    for (let at = 1; at <= starShares; at += 1) lines.push(line(`star-${at}`, 'star', at));
    await load(lines, { rootId: 'star', last: `star-${starShares}`, deadlineMs: 180_000 });
  }, 250_000);

  test('is counted whole, in time, and each share is found', async () => {
    expect(await expectQuick('/v1/posts/star')).toMatchObject({ shares: { direct: starShares, total: starShares } });
    expect(await expectQuick('/v1/cascades/star')).toMatchObject({
      shares: starShares,
      depth: 1,
      maxBreadth: starShares,
    });
    expect(await expectQuick('/v1/cascades/star/depths')).toMatchObject({ items: [{ depth: 1, shares: starShares }] });
    expect(await expectQuick(`/v1/posts/star-${starShares}/path`)).toMatchObject({
      sharePath: `star/star-${starShares}`,
    });
    expect(await expectQuick('/v1/cascades?limit=1')).toMatchObject({ shown: 1, items: [{ rootPostId: 'star' }] });
  }, 30_000);
});

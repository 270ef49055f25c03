import { setTimeout as delay } from 'node:timers/promises';
import { generateEvents } from '../../src/demo/generate-events.ts';
import { verifyStores } from '../../src/verify/verify-stores.ts';
import { type FilledStores, openFilledStores } from './filled-stores.ts';
import { share, tellStory } from './story.ts';

let stores: FilledStores;

beforeAll(async () => {
  stores = await openFilledStores(4_000_000);
}, 60_000);

afterAll(async () => {
  await stores.close();
});

/** Requests for as long as somebody asks: a month of events, and rings, provisional roots and chains that come backwards. */
function* requests(): Generator<object[]> {
  for (const request of tellStory()) yield request;
  let batch: object[] = [];
  let round = 0;
  for (const event of generateEvents({ seed: 11, events: 40_000, endAtMs: Date.now(), prefix: 'm-' })) {
    batch.push(event);
    if (batch.length < 200) continue;
    yield batch;
    batch = [];
    round += 1;
    yield* movingRound(round);
  }
}

function* movingRound(round: number): Generator<object[]> {
  const id = (name: string) => `${name}-${round}`;
  yield [share(id('root'), id('a'), { rootPostId: id('root') }), share(id('a'), id('b'))];
  yield Array.from({ length: 40 }, (_, step) => share(id(`chain-${step + 1}`), id(`chain-${step}`)));
  yield [share(id('b'), id('chain-40')), share(id('a'), id('ring-1')), share(id('ring-3'), id('ring-2'))];
  yield [share(id('ring-2'), id('ring-3')), share('late-0', id('root'))];
}

test('nothing seems to differ while the stores are at work', async () => {
  const stop = { asked: false };
  const sending = (async () => {
    for (const request of requests()) {
      if (stop.asked) return;
      await stores.accept(request);
      // A pace that the projectors can follow on a busy machine.
      await delay(50);
    }
  })();
  const found: unknown[] = [];
  let moving = 0;
  for (let run = 0; run < 3; run += 1) {
    const before = await stores.log.lastSeq();
    const verified = await verifyStores(stores.deps);
    found.push(...verified.checks.filter((check) => !check.ok));
    if ((await stores.log.lastSeq()) > before) moving += 1;
  }
  stop.asked = true;
  await sending;
  expect(found).toEqual([]);
  expect(moving).toBeGreaterThan(1);
  const quiet = await verifyStores(stores.deps, { waitMs: 60_000 });
  expect(quiet.checks.filter((check) => !check.ok)).toEqual([]);
}, 240_000);

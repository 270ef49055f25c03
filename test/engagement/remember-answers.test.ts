import { faultToProblem } from '../../src/compose/fault-to-problem.ts';
import { openFactsAsOf, openPosition } from '../../src/engagement/asked/facts-as-of.ts';
import { engagementRoutes } from '../../src/engagement/engagement-routes.ts';
import type { Facts } from '../../src/facts/facts.ts';
import { rememberAnswers } from '../../src/http/remember/remember-answers.ts';
import { mount } from '../../src/http/route.ts';
import { nothingProjected } from '../../src/log/projector/progress.ts';
import { startApp, type TestApp } from '../http/start-app.ts';
import { openFreshFacts } from '../setup/open-test-stores.ts';

let facts: Facts;
let app: TestApp;
let selects = 0;
const nowMs = Date.UTC(2026, 2, 1);
const position = { tallyPosition: `1-${nowMs}` };

beforeAll(async () => {
  facts = (await openFreshFacts()).facts;
  const counting: Pick<Facts, 'select'> = {
    select: (asked, params) => {
      selects += 1;
      return facts.select(asked, params);
    },
  };
  const log = { readProgress: async () => ({ ...nothingProjected, ...position }) };
  const now = () => nowMs;
  const deps = {
    facts: counting,
    asOf: openFactsAsOf({ log }),
    now,
    wholeFrom: async () => 0,
    limits: { rangeDays: 30, quarterDays: 0 },
  };
  const memory = { watermark: openPosition({ log }), now, onRecall: () => undefined, onKeep: () => undefined };
  const limits = { maxBytes: 1_000_000, maxAgeMs: 60_000 };
  app = await startApp({ routes: rememberAnswers(memory, limits, mount(engagementRoutes, deps)), faultToProblem });
}, 60_000);
afterAll(async () => {
  await app.close(1000);
  await facts.close();
});

async function ask(path: string) {
  const before = selects;
  const response = await fetch(`${app.url}${path}`);
  return { status: response.status, text: await response.text(), asked: selects - before };
}

const to = 'to=2026-02-01T00:00:00Z';

test.each([
  `/v1/trending?${to}`,
  `/v1/creators/tiers?${to}`,
  `/v1/content/hashtags?${to}`,
  `/v1/discovery/sources?${to}`,
  `/v1/discovery/positions?${to}`,
  `/v1/discovery/diversity?${to}`,
  `/v1/safety/moderation?${to}`,
  '/v1/trending',
])('%s is asked of the stores once, and again when they have moved', async (path) => {
  const first = await ask(path);
  expect(first).toMatchObject({ status: 200, asked: expect.any(Number) });
  expect(first.asked).toBeGreaterThan(0);
  expect(await ask(path)).toEqual({ ...first, asked: 0 });
  // A second entry of the same millisecond moves the position, though not the time.
  const [seq = '', ms] = position.tallyPosition.split('-');
  position.tallyPosition = `${Number(seq) + 1}-${ms}`;
  expect(await ask(path)).toEqual(first);
  position.tallyPosition = '0-0';
  expect((await ask(path)).asked).toBe(first.asked);
  expect((await ask(path)).asked).toBe(first.asked);
  position.tallyPosition = `${Number(seq) + 1}-${ms}`;
});

test('what belongs to one post or account is not remembered', async () => {
  const path = `/v1/posts/none/engagement?${to}`;
  const first = await ask(path);
  expect(first.asked).toBeGreaterThan(0);
  expect((await ask(path)).asked).toBe(first.asked);
});

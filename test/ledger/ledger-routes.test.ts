import { z } from 'zod';
import { buildApp } from '../../src/http/build-app.ts';
import { type Listening, listen } from '../../src/http/listen.ts';
import { mount } from '../../src/http/route.ts';
import { readLedgerRoute } from '../../src/ledger/ledger-routes.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { createMetrics } from '../../src/observe/create-metrics.ts';
import { type Books, openBooks } from './open-books.ts';

const minute = 60_000;
const startMs = Date.UTC(2026, 0, 1, 12);
const nowMs = startMs + 30 * minute + 1234;
const limits = { looks: 1, pauseMs: 0, pageMinutes: 20, rangeMinutes: 1440, defaultMinutes: 60 };
let books: Books;
let listening: Listening;

beforeAll(async () => {
  books = await openBooks();
  const { graph, facts, log } = books;
  listening = await listen({
    app: buildApp({
      routes: mount([readLedgerRoute(limits)], { graph, facts, log, now: () => nowMs }),
      logger: createLogger({ level: 'silent' }),
      metrics: createMetrics(),
      checkReplies: true,
    }),
    host: '127.0.0.1',
    port: 0,
  });
  for (let at = 0; at < 30; at += 1) await books.takeIn({ accepted: 2, rejected: 1, atMs: startMs + at * minute });
}, 60_000);
afterAll(async () => {
  await listening.close(100);
  await books.close();
});

const item = z.looseObject({ minute: z.string() });
const shown = z.looseObject({
  items: z.array(item).default([]),
  shown: z.number().default(0),
  next: z.string().nullable().default(null),
});

async function ask(query: string) {
  const response = await fetch(`${listening.url}/v1/ledger${query}`);
  const body = shown.parse(await response.json());
  return { status: response.status, body, link: response.headers.get('link') };
}

describe('GET /v1/ledger', () => {
  test('answers the last hour page by page, with the totals of all of it on each', async () => {
    const totals = { received: 90, accepted: 60, rejected: 30, stored: 0, inFlight: 60, erased: 0, balanced: true };
    const minutes: string[] = [];
    let query = '?limit=12';
    for (let page = 0; page < 3; page += 1) {
      const { status, body, link } = await ask(query);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        total: 30,
        totals,
        from: '2026-01-01T11:31:00.000Z',
        to: '2026-01-01T12:31:00.000Z',
        asOf: '2026-01-01T12:30:01.234Z',
        rule: expect.stringContaining('oldest first'),
      });
      expect(body.items).toHaveLength(body.shown);
      minutes.push(...body.items.map((found) => found.minute));
      if (page < 2) expect(link).toContain('rel="next"');
      else expect(body.next).toBeNull();
      query = `?limit=12&cursor=${encodeURIComponent(body.next ?? '')}`;
    }
    expect(minutes).toHaveLength(30);
    expect(minutes[0]).toBe('2026-01-01T12:00:00.000Z');
    expect([...minutes].sort()).toEqual(minutes);
  });

  test('takes the minutes that `from` and `to` lie in', async () => {
    const { body } = await ask('?from=2026-01-01T12:02:30Z&to=2026-01-01T14:04:01%2B02:00');
    expect(body).toMatchObject({ total: 3, shown: 3, next: null, totals: { received: 9 } });
    expect(body.items[0]).toMatchObject({
      minute: '2026-01-01T12:02:00.000Z',
      received: 3,
      stores: { graph: { inFlight: 2, notForThisStore: 0 }, facts: { inFlight: 2 } },
    });
    expect((await ask('?from=2026-01-01T12:00:00Z&to=2026-01-01T12:00:00Z')).body).toMatchObject({
      total: 0,
      items: [],
    });
  });

  test('refuses what it cannot answer whole, and what it does not know', async () => {
    const refusals: Array<[string, string]> = [
      ['?minutes=5', 'unknown_parameter'],
      ['?limit=21', 'invalid_parameter'],
      ['?limit=0', 'invalid_parameter'],
      ['?from=yesterday', 'invalid_parameter'],
      ['?from=1850-01-01T00:00:00Z', 'invalid_parameter'],
      ['?from=2026-01-01T12:00:00Z&to=2026-01-01T11:00:00Z', 'invalid_range'],
      ['?from=2026-01-01T00:00:00Z&to=2026-01-02T00:01:00Z', 'range_too_wide'],
      ['?cursor=forged', 'invalid_cursor'],
    ];
    for (const [query, code] of refusals) {
      expect([query, await ask(query)]).toMatchObject([query, { status: 400, body: { code } }]);
    }
    const { body } = await ask('?limit=5');
    expect(await ask(`?limit=5&from=2026-01-01T12:00:00Z&cursor=${encodeURIComponent(body.next ?? '')}`)).toMatchObject(
      {
        status: 400,
        body: { code: 'invalid_cursor' },
      },
    );
  });
});

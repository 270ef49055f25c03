import { randomUUID } from 'node:crypto';
import { acceptEvents } from '../../src/ingest/accept/accept-events.ts';
import { type Log, openLog } from '../../src/log/open-log.ts';
import { drawBodies } from '../load/body-templates.ts';
import { listBeginnings } from '../load/mixed-events.ts';

const eventsPerBody = 1000;

const door = {
  now: () => Date.now(),
  count: () => undefined,
  sawItems: () => undefined,
  time: () => undefined,
  limits: { maxDepth: 32, maxItems: 10_000, maxKeysPerItem: 1000 },
};

/** A log of its own with about so many events that came in by the service's own door, bots and posts among them. */
export async function openFilledLog(events: number): Promise<Log> {
  const url = process.env['REDIS_URL'];
  if (url === undefined) throw new Error('REDIS_URL is not set: npm run bench starts the stores and sets it');
  const log = await openLog({ url, prefix: `{bench-${randomUUID()}}`, idMemoryBytes: 2 ** 28, answerTimeoutMs: 5000 });
  const crowd = { people: 100_000, posts: Math.ceil(events / 100) };
  const beginnings = listBeginnings(crowd);
  for (let from = 0; from < beginnings.length; from += eventsPerBody) {
    await accept(log, Buffer.from(JSON.stringify({ events: beginnings.slice(from, from + eventsPerBody) })));
  }
  const templates = Math.max(1, Math.round((events - beginnings.length) / eventsPerBody));
  const bodies = drawBodies({ ...crowd, templates, eventsPerBody, seed: 1 });
  for (let number = 0; number < templates; number += 1) await accept(log, bodies.fill(number));
  return log;
}

async function accept(log: Log, body: Buffer): Promise<void> {
  const answer = await acceptEvents({ ...door, log }, { body, framing: 'json', wantsAll: false });
  if (!answer.ok || answer.body.rejected > 0) throw new Error(`the door refused events: ${JSON.stringify(answer)}`);
}

import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPoster, type Poster } from './post-body.ts';

const everyMs = 100;
// More looks at once would be a load of their own: each is a question to the store.
const lookAgainMs = 400;
const mostWaitMs = 60_000;
const linesToSend = 4;
const linesToLook = 16;

export type Followed = { sent: number; freshMs: number[]; lost: number };

type Line = { poster: Poster; agent: Agent; url: string };

/**
 * Views of posts that nobody has seen before, ten a second: from the answer that a view was accepted until the post's
 * engagement has it. Looks come at intervals, so what is told is late by up to one of them, and never early.
 */
export async function followMarkers(url: string, mayGoOn: () => boolean): Promise<Followed> {
  const agent = new Agent({ keepAlive: true, maxSockets: linesToLook });
  const line = { url, agent, poster: openPoster(`${url}/v1/events`, linesToSend) };
  const following: Array<Promise<number | null>> = [];
  const startedAt = performance.now();
  while (mayGoOn()) {
    following.push(followMarker(line));
    await sleep(Math.max(0, startedAt + following.length * everyMs - performance.now()));
  }
  const waited = await Promise.all(following);
  line.poster.close();
  agent.destroy();
  const freshMs = waited.filter((ms) => ms !== null);
  return { sent: waited.length, freshMs, lost: waited.length - freshMs.length };
}

async function followMarker(line: Line): Promise<number | null> {
  const postId = `marker_${randomUUID()}`;
  const { held } = await line.poster.post(markerBody(postId), () => true);
  if (held !== 1) throw new Error(`a marker was not accepted: ${postId}`);
  const ackedAt = performance.now();
  while (performance.now() - ackedAt < mostWaitMs) {
    if ((await readViews(line, postId)) === 1) return performance.now() - ackedAt;
    await sleep(lookAgainMs);
  }
  return null;
}

function markerBody(postId: string): Buffer {
  const event = {
    eventId: randomUUID(),
    eventName: 'post_view',
    userId: 'u_watcher',
    timestamp: new Date().toISOString(),
    data: { postId, viewDurationMs: 5000, completion: 1 },
  };
  return Buffer.from(JSON.stringify({ events: [event] }));
}

/** 0 as long as nobody knows of such a post. */
function readViews({ url, agent }: Line, postId: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(`${url}/v1/posts/${postId}/engagement`, { agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 404) resolve(0);
        else if (response.statusCode === 200) resolve(viewsOf(JSON.parse(text)));
        else reject(new Error(`answered ${response.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    asking.on('error', reject).end();
  });
}

function viewsOf(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null || !('views' in answer)) return 0;
  return typeof answer.views === 'number' ? answer.views : 0;
}

import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPoster, type Poster } from './post-body.ts';

const everyMs = 500;
const lookAgainMs = 100;
const mostWaitMs = 60_000;
const linesToSend = 4;

export type Followed = { sent: number; freshMs: number[]; lost: number };

type Marker = { postId: string; ackedAt: number };
type Line = { poster: Poster; agent: Agent; url: string };

/**
 * Views of posts that nobody has seen before, two a second: from the answer that a view was accepted until the post's
 * engagement has it. They come into the answers in the order in which they were accepted, so one look at a time, at the
 * oldest that was not seen, tells of them all without being a load of its own: what is told is late by a look, never early.
 */
export async function followMarkers(url: string, mayGoOn: () => boolean): Promise<Followed> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const line = { url, agent, poster: openPoster(`${url}/v1/events`, linesToSend) };
  const markers: Marker[] = [];
  const sending = { isOver: false };
  const [sent, freshMs] = await Promise.all([
    sendMarkers(line, markers, mayGoOn).finally(() => {
      sending.isOver = true;
    }),
    seeMarkers(line, markers, () => sending.isOver),
  ]);
  line.poster.close();
  agent.destroy();
  return { sent, freshMs, lost: sent - freshMs.length };
}

async function sendMarkers({ poster }: Line, markers: Marker[], mayGoOn: () => boolean): Promise<number> {
  const startedAt = performance.now();
  let sent = 0;
  while (mayGoOn()) {
    const postId = `marker_${randomUUID()}`;
    const { held } = await poster.post(markerBody(postId), () => true);
    if (held !== 1) throw new Error(`a marker was not accepted: ${postId}`);
    markers.push({ postId, ackedAt: performance.now() });
    sent += 1;
    await sleep(Math.max(0, startedAt + sent * everyMs - performance.now()));
  }
  return sent;
}

/** Until the last is seen, or has been waited for too long. */
async function seeMarkers(line: Line, markers: Marker[], isOver: () => boolean): Promise<number[]> {
  const freshMs: number[] = [];
  while (!isOver() || markers.length > 0) {
    const [oldest] = markers;
    if (oldest !== undefined && (await readViews(line, oldest.postId)) === 1) {
      freshMs.push(performance.now() - oldest.ackedAt);
      markers.shift();
    } else if (oldest !== undefined && performance.now() - oldest.ackedAt > mostWaitMs) markers.shift();
    else await sleep(lookAgainMs);
  }
  return freshMs;
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

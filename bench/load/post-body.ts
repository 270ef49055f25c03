import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** What became of one body: how many of its events are held, and how often it was sent before. */
export type Posted = { held: number; shed: number; repeated: number };

type Answer = { status: number; retryAfterSeconds: number; text: string };

const counts = z.object({ accepted: z.number(), duplicate: z.number().default(0) });
const mostRepeats = 20;

export type Poster = { post(body: Buffer, mayGoOn: () => boolean): Promise<Posted>; close(): void };

/**
 * Sends bodies until each is held. One that was not taken for now is sent again after the pause that was asked for, as long
 * as it may go on; one of which nobody knows is sent again at once, and what had come in then counts as held, too.
 */
export function openPoster(url: string, lines: number): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: lines });
  const post: Poster['post'] = async (body, mayGoOn) => {
    const posted: Posted = { held: 0, shed: 0, repeated: 0 };
    for (;;) {
      const { status, retryAfterSeconds, text } = await send(url, agent, body);
      if (status === 202) {
        const { accepted, duplicate } = counts.parse(JSON.parse(text));
        return { ...posted, held: accepted + duplicate };
      }
      if (status === 429 || status === 503) {
        posted.shed += 1;
        if (!mayGoOn()) return posted;
        await sleep(Math.max(1, retryAfterSeconds) * 1000);
      } else {
        posted.repeated += 1;
        const isUnknown = status === 500 || status === 504;
        if (!isUnknown || posted.repeated > mostRepeats) throw new Error(`answered ${status}: ${text.slice(0, 500)}`);
      }
    }
  };
  return { post, close: () => agent.destroy() };
}

function send(url: string, agent: Agent, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfterSeconds: Number(response.headers['retry-after'] ?? 0),
          text: Buffer.concat(chunks).toString(),
        }),
      );
      response.on('error', reject);
    });
    sending.on('error', reject).end(body);
  });
}

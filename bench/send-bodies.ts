import { Agent, request } from 'node:http';

const lines = 6;
const agent = new Agent({ keepAlive: true, maxSockets: lines });

/** Sends all bodies over a few kept-alive connections and says how many events were accepted, and how fast. */
export async function sendBodies(
  url: string,
  bodies: readonly Buffer[],
): Promise<{ accepted: number; perSecond: number }> {
  let next = 0;
  let accepted = 0;
  const startedAt = performance.now();
  const sendNext = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const ofThisBody = await sendBody(url, body);
      accepted += ofThisBody;
    }
  };
  await Promise.all(Array.from({ length: lines }, sendNext));
  return { accepted, perSecond: accepted / ((performance.now() - startedAt) / 1000) };
}

export function closeLines(): void {
  agent.destroy();
}

/** Sends one body and says how many of its events were accepted. */
export function sendBody(url: string, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const answer: unknown = JSON.parse(Buffer.concat(chunks).toString());
        if (response.statusCode === 202) resolve(acceptedOf(answer));
        else reject(new Error(`answered ${response.statusCode}: ${JSON.stringify(answer).slice(0, 500)}`));
      });
    });
    sending.on('error', reject).end(body);
  });
}

function acceptedOf(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null || !('accepted' in answer)) return 0;
  return typeof answer.accepted === 'number' ? answer.accepted : 0;
}

import { Agent, request } from 'node:http';
import { z } from 'zod';

export type Asking = {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
};

export type Answer = {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The JSON object in the answer, empty where it is none. */
  body: Record<string, unknown>;
  durationMs: number;
};

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const jsonObject = z.record(z.string(), z.unknown());

/** Asks with exactly the path that is given: `fetch` would tidy it up first. */
export function askService(port: number, { method = 'GET', path, headers = {}, body }: Asking): Promise<Answer> {
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asked = request({ port, method, path, agent, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        const given = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(given),
          text,
          body: readObject(text),
          durationMs: performance.now() - startedMs,
        });
      });
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

function readObject(text: string): Record<string, unknown> {
  try {
    return jsonObject.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

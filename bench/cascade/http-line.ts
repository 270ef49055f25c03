import { Agent, request } from 'node:http';

/** One kept-alive connection to a service, as a client has that asks again and again. */
export type HttpLine = { get(path: string): Promise<unknown>; close(): void };

export function openHttpLine(url: string): HttpLine {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const get = (path: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const asking = request(`${url}${path}`, { agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`answered ${response.statusCode}: ${text.slice(0, 500)}`));
        });
      });
      asking.on('error', reject).end();
    });
  return { get, close: () => agent.destroy() };
}

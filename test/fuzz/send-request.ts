import { type Agent, type IncomingMessage, request } from 'node:http';
import type { FuzzRequest } from './arbitrary-request.ts';
import type { SeenAnswer } from './check-answer.ts';

export type Sent = SeenAnswer & { durationMs: number };

type Target = { port: number; agent: Agent; timeoutMs: number };

/** Sends one request. A kept connection that the service closed in that moment is no fault of anyone: it is sent once more. */
export async function sendRequest(target: Target, asked: FuzzRequest): Promise<Sent> {
  try {
    return await sendOnce(target, asked);
  } catch (fault) {
    if (!(fault instanceof Error) || !('code' in fault) || fault.code !== 'ECONNRESET') throw fault;
    return sendOnce(target, asked);
  }
}

function sendOnce({ port, agent, timeoutMs }: Target, asked: FuzzRequest): Promise<Sent> {
  const { method, path, headers, body } = asked;
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const sending = request({ port, host: '127.0.0.1', agent, method, path, headers: { ...headers, ...length } });
    const timer = setTimeout(() => sending.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      act();
    };
    sending.once('error', (fault) => settle(() => reject(fault)));
    sending.once('response', (response) => {
      readBody(response).then(
        (bytes) =>
          settle(() =>
            resolve({
              status: response.statusCode ?? 0,
              contentType: response.headers['content-type'],
              requestId: headerOf(response, 'x-request-id'),
              body: bytes,
              isHead: method === 'HEAD',
              durationMs: performance.now() - startedMs,
            }),
          ),
        (fault: unknown) => settle(() => reject(fault)),
      );
    });
    sending.end(body);
  });
}

function headerOf(response: IncomingMessage, name: string): string | undefined {
  const value = response.headers[name];
  return typeof value === 'string' ? value : undefined;
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

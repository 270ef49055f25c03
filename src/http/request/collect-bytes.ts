import type { IncomingMessage } from 'node:http';
import { type ProblemError, problem } from '../problem.ts';

type Limits = { maxBytes: number; timeoutMs: number };

/** Collects a request's bytes straight from its socket; a length announced beforehand is allocated once. */
export function collectBytes(request: IncomingMessage, limits: Limits): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  if (announced > limits.maxBytes) return Promise.reject(tooLarge(limits.maxBytes));
  const store = byteStore(announced);
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      request.off('data', take).off('end', finish).off('close', cut).off('error', cut);
      act();
    };
    const refuse = (fault: ProblemError): void => settle(() => reject(fault));
    const take = (chunk: Buffer): void => {
      if (store.size() + chunk.length > limits.maxBytes) refuse(tooLarge(limits.maxBytes));
      else store.add(chunk);
    };
    const finish = (): void => settle(() => resolve(store.whole()));
    const cut = (): void => refuse(problem(400, 'truncated_body', 'The body ended before its announced length.'));
    const timer = setTimeout(() => refuse(tooSlow(limits.timeoutMs)), limits.timeoutMs);
    request.on('data', take).on('end', finish).on('close', cut).on('error', cut);
  });
}

function tooLarge(maxBytes: number): ProblemError {
  return problem(413, 'payload_too_large', `The body is larger than ${maxBytes} bytes.`);
}

function tooSlow(timeoutMs: number): ProblemError {
  return problem(408, 'body_timeout', `The body did not arrive within ${timeoutMs} ms.`);
}

/** Memory for an announced length is taken when the first bytes come, so that an idle socket holds none. */
function byteStore(announced: number) {
  const chunks: Buffer[] = [];
  let target: Buffer | undefined;
  let size = 0;
  const add = (chunk: Buffer): void => {
    if (chunk.length < announced) {
      target ??= Buffer.allocUnsafe(announced);
      chunk.copy(target, size);
    } else chunks.push(chunk);
    size += chunk.length;
  };
  const whole = (): Buffer => {
    if (target !== undefined) return target.subarray(0, size);
    const [only] = chunks;
    return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
  };
  return { add, whole, size: () => size };
}

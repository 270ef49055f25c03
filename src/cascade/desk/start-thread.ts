import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FromThread, ToThread } from './messages.ts';

type Waiting = { resolve: (answer: FromThread) => void; reject: (fault: Error) => void };
/** A message without its number, which the thread's caller does not choose. */
type Unnumbered<M> = M extends { id: number } ? Omit<M, 'id'> : never;

export type Thread = {
  call(message: Unnumbered<ToThread>, give?: ArrayBuffer[]): Promise<FromThread>;
  isGone(): boolean;
  end(): Promise<void>;
};

/** A thread of the desk: each message is answered once; when it dies, all that waited hear of it. */
export function startThread(limits: { maxBytes: number }): Thread {
  const worker = new Worker(findEntry(), { workerData: limits });
  // A service that has closed everything else ends, whether or not this was closed.
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let gone: Error | null = null;
  const leave = (reason: Error) => {
    gone ??= reason;
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  worker.on('message', (message: FromThread) => {
    const { resolve, reject } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (waiting.size === 0) worker.unref();
    if (message.kind === 'fault') reject?.(new Error(message.message));
    else resolve?.(message);
  });
  worker.on('error', leave);
  worker.on('exit', () => leave(new Error('the thread that holds cascades has ended')));
  return {
    call: (message, give = []) =>
      new Promise((resolve, reject) => {
        if (gone !== null) return reject(gone);
        nextId += 1;
        waiting.set(nextId, { resolve, reject });
        worker.ref();
        worker.postMessage({ ...message, id: nextId }, give);
      }),
    isGone: () => gone !== null,
    end: async () => {
      await worker.terminate();
    },
  };
}

function findEntry(): string {
  const compiled = join(import.meta.dirname, 'desk-thread.js');
  return existsSync(compiled) ? compiled : join(import.meta.dirname, 'start-in-checkout.mjs');
}

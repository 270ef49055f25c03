// The reading end of a named pipe into which the engine writes an answer. A pipe gives what chdb's own streams do not:
// one document in any format (its streams repeat JSON, Arrow or CSV headers for every block), back-pressure down to the
// engine's thread, and memory bounded whatever the size of the answer.
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

export type PipeReader = { output: Readable; finishWriting(): void; ended: Promise<void> };

export function readPipe(path: string): PipeReader {
  // Without O_NONBLOCK, open would wait for the engine and hold this thread.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const output = new Socket({ fd: descriptor, readable: true, writable: false });
  const ended = new Promise<void>((resolve) => {
    output.once('end', resolve);
    output.once('close', () => resolve());
    output.once('error', () => resolve());
  });
  return {
    output,
    // A statement that failed early, or has no output, never opens the pipe. Opening and closing it here makes the
    // reader see the end in every case, after everything the engine has written.
    finishWriting: () => closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)),
    ended,
  };
}

// The reading end of a named pipe into which the engine writes an answer. A pipe gives what chdb's own streams do not:
// one document in any format (its streams repeat JSON, Arrow or CSV headers for every block), back-pressure down to the
// engine's thread, and memory bounded whatever the size of the answer.
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

export type PipeReader = {
  output: Readable;
  /** To be called when the statement has ended: the output ends after everything the engine has written. */
  finishWriting(): void;
  ended: Promise<void>;
};

export function readPipe(path: string): PipeReader {
  // Without O_NONBLOCK, open would wait for the engine and hold this thread.
  const readingEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  // A writing end of our own keeps the reader from seeing an end while the statement runs: the engine opens the pipe
  // late, not at all, or more than once, and one that opens it after the reader is gone would wait for ever.
  const writingEnd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const output = new Socket({ fd: readingEnd, readable: true, writable: false });
  const ended = new Promise<void>((resolve) => {
    output.once('end', resolve);
    output.once('close', () => resolve());
    output.once('error', () => resolve());
  });
  return { output, finishWriting: () => closeSync(writingEnd), ended };
}

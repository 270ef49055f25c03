import { finished, type Readable } from 'node:stream';

// How servers end an answer that failed after its status had gone out: with the exception's text, since 25.11 in marks.
const failedEnd = /(?:\(version \d[^\n]*\)\s*|__exception__\r\n)$/;
const tailBytes = 256;

/**
 * The pieces of an answer, and a fault where it ended with an exception instead of its last row. So a statement that is
 * streamed must never end a row with "(version 1)", as the text of an exception does.
 */
export async function* checkedPieces(stream: Readable): AsyncGenerator<Uint8Array, void> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const piece of flowingPieces(stream)) {
    tail = Buffer.concat([tail, piece.subarray(-tailBytes)]).subarray(-tailBytes);
    yield piece;
  }
  const end = tail.toString('latin1');
  if (failedEnd.test(end)) throw new Error(`the facts store failed within an answer: ${end}`);
}

const mostHeld = 8;

/**
 * The pieces as they come in. A stream that is iterated instead copies all that it holds into one piece each time, which
 * is most of the work where nothing else is done with them.
 */
async function* flowingPieces(stream: Readable): AsyncGenerator<Buffer, void> {
  const held: Buffer[] = [];
  let wake = (): void => undefined;
  const over: { ended: boolean; fault: unknown } = { ended: false, fault: null };
  stream.on('data', (piece: Buffer) => {
    held.push(piece);
    if (held.length >= mostHeld) stream.pause();
    wake();
  });
  finished(stream, (fault) => {
    Object.assign(over, { ended: true, fault: fault ?? null });
    wake();
  });
  for (;;) {
    const piece = held.shift();
    if (piece !== undefined) yield piece;
    else if (over.fault !== null) throw over.fault;
    else if (over.ended) return;
    else {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      stream.resume();
      await woken;
    }
  }
}

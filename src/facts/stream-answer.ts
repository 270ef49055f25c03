// How servers end an answer that failed after its status had gone out: with the exception's text, since 25.11 in marks.
const failedEnd = /(?:\(version \d[^\n]*\)\s*|__exception__\r\n)$/;
const tailBytes = 256;

/**
 * The pieces of an answer, and a fault where it ended with an exception instead of its last row. So a statement that is
 * streamed must never end a row with "(version 1)", as the text of an exception does.
 */
export async function* checkedPieces(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const piece of stream) {
    if (!Buffer.isBuffer(piece)) throw new Error('the answer of the facts store is not bytes');
    tail = Buffer.concat([tail, piece.subarray(-tailBytes)]).subarray(-tailBytes);
    yield piece;
  }
  const end = tail.toString('latin1');
  if (failedEnd.test(end)) throw new Error(`the facts store failed within an answer: ${end}`);
}

const quote = 0x22;
const comma = 0x2c;
const lineEnd = 0x0a;
const apostrophe = 0x27;
const formulaStarts = new Set(Buffer.from('=+-@\t'));

type Place = 'cell' | 'text begins' | 'in text' | 'in cell';

/**
 * CSV in which no text begins as a formula of a spreadsheet would: such a text gets a leading `'`. The store quotes every
 * text and no number, so that only what stands right behind an opening quote is looked at. A piece may end anywhere.
 */
export async function* guardCells(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let place: Place = 'cell';
  for await (const piece of pieces) {
    const guarded: Uint8Array[] = [];
    let from = 0;
    for (const [at, byte] of piece.entries()) {
      if (place === 'text begins' && formulaStarts.has(byte)) {
        guarded.push(piece.subarray(from, at), Uint8Array.of(apostrophe));
        from = at;
      }
      place = placeBehind(place, byte);
    }
    yield* guarded;
    yield piece.subarray(from);
  }
}

/** A quote that is doubled within a text closes it and opens it again, where no text begins. */
function placeBehind(place: Place, byte: number): Place {
  const isInText = place === 'in text' || place === 'text begins';
  if (isInText) return byte === quote ? 'in cell' : 'in text';
  if (byte === quote) return place === 'cell' ? 'text begins' : 'in text';
  return byte === comma || byte === lineEnd ? 'cell' : 'in cell';
}

import fc from 'fast-check';
import { guardCells } from '../../src/keep/export/guard-cells.ts';

describe('cells that a spreadsheet would take for formulas', () => {
  test('get a leading apostrophe, wherever the pieces end, and nothing else is changed', async () => {
    const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '"', ',', '\n', "'", 'a', 'é') });
    const cell = fc.oneof(text, fc.integer(), fc.constant(null));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1 })),
        fc.integer({ min: 1, max: 7 }),
        async (rows, size) => {
          const guarded = rows.map((row) => row.map((value) => (isFormula(value) ? `'${value}` : value)));
          const bytes = Buffer.from(write(rows));
          expect((await collect(guardCells(cut(bytes, size)))).toString()).toBe(write(guarded));
        },
      ),
    );
  });
});

function isFormula(value: string | number | null): boolean {
  return typeof value === 'string' && /^[=+@\t-]/.test(value);
}

/** As the store writes CSV: texts are quoted, numbers are not, and nothing is an empty cell. */
function write(rows: ReadonlyArray<ReadonlyArray<string | number | null>>): string {
  const cellOf = (value: string | number | null) =>
    typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value ?? '');
  return rows.map((row) => `${row.map(cellOf).join(',')}\n`).join('');
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const seen: Uint8Array[] = [];
  for await (const piece of pieces) seen.push(piece);
  return Buffer.concat(seen);
}

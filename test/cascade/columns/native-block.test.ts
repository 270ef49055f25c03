import fc from 'fast-check';
import { type NativeColumn, readNativeBlocks } from '../../../src/cascade/columns/native-block.ts';

const columns: NativeColumn[] = [
  { name: 'seq', type: 'UInt32' },
  { name: 'timeMs', type: 'Float64' },
];

/** Lengths as ClickHouse writes them: seven bits a byte, the lowest first. */
function length(value: number): Buffer {
  return value < 128
    ? Buffer.of(value)
    : Buffer.concat([Buffer.of((value % 128) | 128), length(Math.floor(value / 128))]);
}

function text(value: string): Buffer {
  return Buffer.concat([length(Buffer.byteLength(value)), Buffer.from(value)]);
}

function block(seq: readonly number[], times: readonly number[]): Buffer {
  const bytesOf = (values: Uint32Array | Float64Array) => Buffer.from(values.buffer);
  const parts = [length(2), length(seq.length), text('seq'), text('UInt32'), bytesOf(Uint32Array.from(seq))];
  return Buffer.concat([...parts, text('timeMs'), text('Float64'), bytesOf(Float64Array.from(times))]);
}

describe('reading Native blocks', () => {
  test('gives back any values in any number of blocks', () => {
    const row = fc.tuple(fc.nat(), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 300 }), { maxLength: 4 }), (blocks) => {
        const bytes = Buffer.concat(
          blocks.map((rows) =>
            block(
              rows.map(([seq]) => seq),
              rows.map(([, time]) => time),
            ),
          ),
        );
        const read = readNativeBlocks(bytes, columns).map(({ columns: [seq, time] }) => {
          const seqs = new Uint32Array(Uint8Array.from(seq ?? []).buffer);
          const times = new Float64Array(Uint8Array.from(time ?? []).buffer);
          return Array.from(seqs, (value, place) => [value, times[place]]);
        });
        expect(read).toEqual(blocks);
      }),
    );
  });

  test('reads an empty answer as no blocks', () => {
    expect(readNativeBlocks(Buffer.alloc(0), columns)).toEqual([]);
  });

  test('refuses every answer that is cut short', () => {
    const whole = block([1, 2], [3, 4]);
    for (let end = 1; end < whole.length; end += 1) {
      expect(() => readNativeBlocks(whole.subarray(0, end), columns)).toThrow(/Native block/);
    }
  });

  test.each([
    ['another number of columns', Buffer.concat([length(3), length(0)]), 'has 3 columns, not 2'],
    [
      'another name',
      Buffer.concat([length(2), length(0), text('seqq'), text('UInt32')]),
      'seqq UInt32 where seq UInt32',
    ],
    ['another type', Buffer.concat([length(2), length(0), text('seq'), text('UInt64')]), 'seq UInt64 where seq UInt32'],
    ['a message of the engine', Buffer.from('Code: 241. DB::Exception: Memory limit exceeded'), 'has 67 columns'],
    ['a length without an end', Buffer.alloc(12, 255), 'a length that is too long'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readNativeBlocks(bytes, columns)).toThrow(message);
  });
});

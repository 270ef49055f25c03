/** The fixed-width types that whole cascades are loaded as. */
type NativeType = 'UInt32' | 'Float64';
export type NativeColumn = { name: string; type: NativeType };

/** The bytes of each column, in the order of the expected columns, for the rows of one block. */
export type NativeBlock = { rows: number; columns: Uint8Array[] };

const widths: Record<NativeType, number> = { UInt32: 4, Float64: 8 };

type Reading = { bytes: Uint8Array; offset: number };

/**
 * Reads ClickHouse's Native format: blocks of (columns, rows, then name, type and values by column), integers as LEB128.
 * Anything but the expected columns is a fault: an engine that fails halfway puts its message where values should be.
 */
export function readNativeBlocks(bytes: Uint8Array, expected: readonly NativeColumn[]): NativeBlock[] {
  const reading: Reading = { bytes, offset: 0 };
  const blocks: NativeBlock[] = [];
  while (reading.offset < bytes.length) blocks.push(readBlock(reading, expected));
  return blocks;
}

function readBlock(reading: Reading, expected: readonly NativeColumn[]): NativeBlock {
  const columns = readLength(reading);
  const rows = readLength(reading);
  if (columns !== expected.length) throw new Error(`a Native block has ${columns} columns, not ${expected.length}`);
  return { rows, columns: expected.map((column) => readColumn(reading, column, rows)) };
}

function readColumn(reading: Reading, expected: NativeColumn, rows: number): Uint8Array {
  const name = readText(reading);
  const type = readText(reading);
  if (name !== expected.name || type !== expected.type) {
    throw new Error(`a Native block has ${name} ${type} where ${expected.name} ${expected.type} belongs`);
  }
  return take(reading, rows * widths[expected.type]);
}

function readText(reading: Reading): string {
  return Buffer.from(take(reading, readLength(reading))).toString('utf8');
}

function take(reading: Reading, length: number): Uint8Array {
  const end = reading.offset + length;
  if (end > reading.bytes.length) throw new Error('a Native block ends before its values do');
  const taken = reading.bytes.subarray(reading.offset, end);
  reading.offset = end;
  return taken;
}

function readLength(reading: Reading): number {
  let value = 0;
  for (let power = 1; power <= 2 ** 42; power *= 128) {
    const [byte] = take(reading, 1);
    if (byte === undefined) break;
    value += (byte & 127) * power;
    if (byte < 128) return value;
  }
  throw new Error('a Native block has a length that is too long');
}

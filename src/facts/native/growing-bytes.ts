/** Bytes that are written one after the other into a buffer that grows. */
export type GrowingBytes = {
  byte(value: number): void;
  varint(value: number): void;
  text(value: string): void;
  uint32(value: number): void;
  uint64(value: number): void;
  int64(value: number): void;
  float64(value: number): void;
  take(): Buffer;
};

const startBytes = 1 << 20;
// Of so many characters even the longest in UTF-8 have a length that fits one byte.
const shortText = 42;
const two32 = 2 ** 32;

export function growingBytes(): GrowingBytes {
  let bytes = Buffer.allocUnsafe(startBytes);
  let at = 0;
  const reserve = (more: number) => {
    if (at + more <= bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, at + more));
    bytes.copy(larger, 0, 0, at);
    bytes = larger;
  };
  const byte = (value: number) => {
    reserve(1);
    bytes[at] = value;
    at += 1;
  };
  const varint = (value: number) => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) byte((rest % 128) + 128);
    byte(rest);
  };
  const int64 = (value: number) => {
    reserve(8);
    at = bytes.writeUInt32LE(((value % two32) + two32) % two32, at);
    at = bytes.writeInt32LE(Math.floor(value / two32), at);
  };
  return {
    byte,
    varint,
    text: (value) => {
      if (value.length <= shortText) {
        reserve(1 + value.length * 3);
        const length = bytes.write(value, at + 1);
        bytes[at] = length;
        at += 1 + length;
        return;
      }
      const length = Buffer.byteLength(value);
      varint(length);
      reserve(length);
      at += bytes.write(value, at);
    },
    uint32: (value) => {
      reserve(4);
      at = bytes.writeUInt32LE(value, at);
    },
    // What is no safe integer is refused before.
    uint64: int64,
    int64,
    float64: (value) => {
      reserve(8);
      at = bytes.writeDoubleLE(value, at);
    },
    take: () => bytes.subarray(0, at),
  };
}

type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** A typed array that grows: one number a post, filled with the same value where nothing was written yet. */
export type Column = { get(at: number): number; set(at: number, value: number): void };

export function growingColumn(make: (length: number) => Numbers, empty = 0): Column {
  let numbers = make(1024).fill(empty);
  return {
    get: (at) => numbers[at] ?? empty,
    set: (at, value) => {
      if (at >= numbers.length) {
        const grown = make(Math.max(at + 1, numbers.length * 2)).fill(empty);
        grown.set(numbers);
        numbers = grown;
      }
      numbers[at] = value;
    },
  };
}

export const doubles = (empty = 0) => growingColumn((length) => new Float64Array(length), empty);
export const places = () => growingColumn((length) => new Int32Array(length), -1);
export const hashes = () => growingColumn((length) => new Uint32Array(length));
export const bytes = () => growingColumn((length) => new Uint8Array(length));

import fc from 'fast-check';
import { holdByBytes } from '../../../src/http/remember/hold-by-bytes.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const step = fc.record({ key, bytes: fc.option(fc.integer({ min: 0, max: 70 })) });

test('holds what was used last, as far as the bytes go, and counts what had to go', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 100 }), (steps, maxBytes) => {
      const held = holdByBytes<number>(maxBytes);
      let model: Array<{ key: string; value: number; bytes: number }> = [];
      for (const [at, { key: asked, bytes }] of steps.entries()) {
        const known = model.find((one) => one.key === asked);
        const rest = model.filter((one) => one !== known);
        if (bytes === null) {
          expect(held.get(asked)).toBe(known?.value);
          model = known === undefined ? rest : [...rest, known];
        } else {
          const wanted = bytes > maxBytes ? rest : [...rest, { key: asked, value: at, bytes }];
          model = newest(wanted, maxBytes);
          expect(held.set(asked, at, bytes)).toBe(wanted.length - model.length);
        }
        expect(held.bytes()).toBe(model.reduce((sum, one) => sum + one.bytes, 0));
        expect(held.bytes()).toBeLessThanOrEqual(maxBytes);
      }
    }),
  );
});

/** The longest end of a list that fits. */
function newest<Item extends { bytes: number }>(items: readonly Item[], maxBytes: number): Item[] {
  const from = items.findIndex((_, start) => items.slice(start).reduce((sum, { bytes }) => sum + bytes, 0) <= maxBytes);
  return from < 0 ? [] : items.slice(from);
}

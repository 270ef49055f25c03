import fc from 'fast-check';
import { countKeys } from '../../src/event/count-keys.ts';

test('counts every key of every object', () => {
  expect(countKeys({ a: 1, b: { c: [{ d: 1 }, [{ e: null }]] } })).toBe(5);
  expect(countKeys([])).toBe(0);
  expect(countKeys(null)).toBe(0);
});

test('equals what a reviver sees', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      let keys = 0;
      const value: unknown = JSON.parse(text, function count(this: unknown, key, inner: unknown) {
        if (!Array.isArray(this) && key !== '') keys += 1;
        return inner;
      });
      if (!text.includes('""')) expect(countKeys(value)).toBe(keys);
    }),
  );
});

test('a deep value does not overflow the stack', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
  expect(countKeys(deep)).toBe(5000);
});

import fc from 'fast-check';
import { cutBatches } from '../../../src/cascade/percentile/cut-batches.ts';
import { bandName, sizeBand } from '../../../src/cascade/percentile/size-band.ts';

describe('batches of cascades', () => {
  const limits = { batchRows: 50, batchCascades: 5, batchIdBytes: 40 };
  const cascade = fc.record({
    rootId: fc.string({ unit: 'binary', minLength: 1 }),
    posts: fc.integer({ min: 1, max: 60 }),
  });

  test('hold every cascade once, in order, within all limits unless one alone is beyond them', () => {
    fc.assert(
      fc.property(fc.array(cascade), (cascades) => {
        const batches = cutBatches(cascades, limits);
        expect(batches.flat()).toEqual(cascades);
        for (const batch of batches) {
          const rows = batch.reduce((sum, { posts }) => sum + posts, 0);
          const bytes = batch.reduce((sum, { rootId }) => sum + Buffer.byteLength(rootId), 0);
          const isWithin =
            rows <= limits.batchRows && batch.length <= limits.batchCascades && bytes <= limits.batchIdBytes;
          expect(isWithin || batch.length === 1).toBe(true);
        }
      }),
    );
  });
});

describe('size bands', () => {
  test.each([
    [1, '1-2'],
    [2, '2-4'],
    [3, '2-4'],
    [4, '4-8'],
    [7, '4-8'],
    [8, '8-16'],
    [1_000_000, '524288-1048576'],
    [2 ** 31 - 1, '1073741824-2147483648'],
    [2 ** 31, '2147483648-4294967296'],
  ])('%i posts are in %s', (posts, name) => {
    expect(bandName(sizeBand(posts))).toBe(name);
  });
});

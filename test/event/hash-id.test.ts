import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { hashId } from '../../src/event/hash-id.ts';

// Answers of ClickHouse 26.7 to SELECT bitAnd(murmurHash3_32(id), 0x7fffffff), bitAnd(CRC32(id), 0x7fffffff).
test.each([
  ['', 0, 0],
  ['a', 1_009_084_850, 1_756_872_259],
  ['post_123', 2_008_044_258, 1_359_998_625],
  ['1', 337_030_291, 64_810_935],
  ['évt', 1_383_756_387, 1_025_020_750],
  ['投稿', 1_817_594_767, 297_451_072],
  ['😀👩‍👧', 1_211_041_989, 1_078_189_221],
  ['a'.repeat(127), 287_126_349, 1_891_548_822],
])('%j hashes as ClickHouse does', (id, h1, h2) => expect(hashId(id)).toEqual({ h1, h2 }));

test('the second hash is that of zlib for every text, and both have 31 bits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (id) => {
      const { h1, h2 } = hashId(id);
      expect(h2).toBe(crc32(Buffer.from(id, 'utf8')) & 0x7fff_ffff);
      expect(h1).toBe(h1 & 0x7fff_ffff);
    }),
  );
});

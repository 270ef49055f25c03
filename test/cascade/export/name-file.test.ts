import fc from 'fast-check';
import { nameFile } from '../../../src/cascade/export/name-file.ts';

test.each([
  ['1', 'attachment; filename="cascade-1.csv"; filename*=UTF-8\'\'cascade-1.csv'],
  ['../a b', 'attachment; filename="cascade-.._a_b.csv"; filename*=UTF-8\'\'cascade-.._a_b.csv'],
  ['é"(1)', 'attachment; filename="cascade-___1_.csv"; filename*=UTF-8\'\'cascade-%C3%A9_%281%29.csv'],
])('of %j', (rootPostId, header) => {
  expect(nameFile(rootPostId, 'csv')).toBe(header);
});

test('is a header and no path, whatever the id', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 128 }), (rootPostId) => {
      const header = nameFile(rootPostId, 'json');
      expect(header).toMatch(/^attachment; filename="[A-Za-z0-9._-]+"; filename\*=UTF-8''[A-Za-z0-9._~%!#$&+^`|-]+$/);
      expect(decodeURIComponent(header.split("''")[1] ?? '')).toMatch(/^cascade-[^/\\:*?"<>|]*\.json$/);
    }),
  );
});

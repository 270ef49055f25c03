import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import { listReply, readCursor, writeCursor } from '../../src/http/list-body.ts';
import { ProblemError } from '../../src/http/problem.ts';

const Place = z.strictObject({ after: z.string(), shares: z.number() });
const place = { after: 'p/1 "ü"', shares: 3 };

describe('a cursor', () => {
  test('comes back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.record({ after: fc.string({ unit: 'grapheme' }), shares: fc.integer() }), (value) => {
        expect(readCursor('posts', Place, writeCursor('posts', value))).toEqual(value);
      }),
    );
    expect(readCursor('posts', Place, undefined)).toBeUndefined();
  });

  test.each([
    ['', 'empty'],
    ['abc', 'short'],
    [writeCursor('cascades', place), 'of another list'],
    [writeCursor('posts', { after: 1 }), 'of another shape'],
    [writeCursor('posts', place).slice(0, -1), 'cut'],
    [`${writeCursor('posts', place)}A`, 'longer'],
    [Buffer.from(JSON.stringify(place)).toString('base64url'), 'made by hand'],
  ])('%s (%s) is refused', (text) => {
    expect(() => readCursor('posts', Place, text)).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid_cursor' }),
    );
  });

  // The mark's key stands in the source, so anyone can put a right one before anything.
  test.each(['', '{"at":', '[[[[', '\ufffd', 'null', '7'])('with a right mark before %j is refused', (payload) => {
    const text = Buffer.from(payload).toString('base64url');
    const mark = createHmac('sha256', 'sharetrail cursor posts').update(text).digest('base64url').slice(0, 11);
    expect(() => readCursor('posts', Place, mark + text)).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid_cursor' }),
    );
  });

  test('that was changed anywhere is refused', () => {
    const cursor = writeCursor('posts', place);
    fc.assert(
      fc.property(
        fc.nat(cursor.length - 1),
        fc.constantFrom('A', 'b', '0', '-', '_', '%', '\u0000'),
        (index, letter) => {
          fc.pre(cursor[index] !== letter);
          const forged = cursor.slice(0, index) + letter + cursor.slice(index + 1);
          expect(() => readCursor('posts', Place, forged)).toThrow(ProblemError);
        },
      ),
    );
  });
});

describe('a list', () => {
  test('says what it shows of how many and where the rest is', () => {
    const reply = listReply('/v1/posts?limit=2&sort=a%26b&cursor=old', {
      list: 'posts',
      items: [1, 2],
      total: 9,
      next: place,
    });
    expect(reply.body).toEqual({ items: [1, 2], next: writeCursor('posts', place), shown: 2, total: 9 });
    expect(reply.headers['Link']).toBe(`</v1/posts?limit=2&sort=a%26b&cursor=${reply.body.next}>; rel="next"`);
  });

  test('has no link on its last page', () => {
    const reply = listReply('/v1/posts', { list: 'posts', items: [], total: 0, next: undefined });
    expect(reply).toEqual({ status: 200, body: { items: [], next: null, shown: 0, total: 0 }, headers: {} });
  });
});

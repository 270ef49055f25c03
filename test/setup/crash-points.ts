import { randomInt } from 'node:crypto';

const step = process.env['LONG_TESTS'] === '1' ? 1 : 3;

/** The calls to crash after, without an end: in an ordinary run the first and every third from a random one on; in a long run every one. */
export function* crashPoints(): Generator<number> {
  yield 1;
  for (let at = 2 + randomInt(step); ; at += step) yield at;
}

import { randomInt } from 'node:crypto';

const step = process.env['LONG_TESTS'] === '1' ? 1 : 3;

/** The calls to crash after, without an end: every third in an ordinary run, from a random one on; every one in a long run. */
export function* crashPoints(): Generator<number> {
  for (let at = 1 + randomInt(step); ; at += step) yield at;
}

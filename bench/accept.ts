import { measureAccept } from './accept-rate.ts';
import type { BenchEntry } from './measurement.ts';

/** The door against a bare handler that only parses the same bodies. */
export const acceptEntry: BenchEntry = {
  name: 'accept',
  measure: (rounds) => {
    const redisUrl = process.env['REDIS_URL'];
    if (redisUrl === undefined) throw new Error('REDIS_URL is not set: npm run bench starts the stores and sets it');
    return measureAccept({ rounds, redisUrl });
  },
};

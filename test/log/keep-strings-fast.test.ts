import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const connectPath = join(import.meta.dirname, '../../src/log/redis/connect-redis.ts');

describe('connecting to Redis', () => {
  test('leaves the text methods of the whole process as fast as they were', () => {
    const program = `
      import { connectRedis } from ${JSON.stringify(connectPath)};
      const isFast = () => new Function('value', 'return %HasFastProperties(value)')(String.prototype);
      const redis = await connectRedis({ url: 'redis://127.0.0.1:1', name: 'nobody' });
      console.log(isFast());
      redis.disconnect();
    `;
    const options = ['--allow-natives-syntax', '--import', 'tsx', '--input-type=module', '--eval', program];
    expect(execFileSync(process.execPath, options, { encoding: 'utf8' }).trim()).toBe('true');
  });
});

import { readConfig } from '../src/config.ts';

const stores = {
  NEO4J_URL: 'bolt://a',
  NEO4J_PASSWORD: 'p',
  CLICKHOUSE_URL: 'http://b',
  CLICKHOUSE_PASSWORD: 'p',
  REDIS_URL: 'redis://c',
};

describe('the environment', () => {
  test('sets the limits of intake and of requests', () => {
    const { intake, rateLimit } = readConfig({
      ...stores,
      INTAKE_MAX_LOG_BYTES: '5000',
      INTAKE_MAX_LAG_SECONDS: '60',
      INTAKE_MIN_FREE_BYTES: '7',
      DATA_FOLDERS: '/data/one, /data/two,',
      RATE_LIMIT_PER_MINUTE: '100',
      RATE_LIMIT_LOOPBACK: 'true',
    });
    expect(intake).toMatchObject({ maxLogBytes: 5000, maxLagSeconds: 60, minFreeBytes: 7 });
    expect(intake.dataFolders).toEqual(['/data/one', '/data/two']);
    expect(rateLimit).toMatchObject({ perMinute: 100, limitsLoopback: true });
  });

  test('is believed as it is where it says nothing', () => {
    const { intake, rateLimit, trustProxy } = readConfig({ ...stores, RATE_LIMIT_LOOPBACK: '' });
    expect(intake.dataFolders).toEqual([]);
    expect(rateLimit.limitsLoopback).toBe(false);
    expect(trustProxy).toBe(false);
  });

  test.each([
    ['false', false],
    ['2', 2],
    ['loopback, 10.0.0.0/8', 'loopback, 10.0.0.0/8'],
  ])('TRUST_PROXY=%s', (text, proxies) => {
    expect(readConfig({ ...stores, TRUST_PROXY: text }).trustProxy).toBe(proxies);
  });

  test('is refused, with every name at once, where it cannot be meant', () => {
    const wrong = { ...stores, TRUST_PROXY: 'true', INTAKE_MAX_LOG_BYTES: 'much' };
    expect(() => readConfig(wrong)).toThrow(/INTAKE_MAX_LOG_BYTES[\s\S]*TRUST_PROXY/);
  });
});

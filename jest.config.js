// The rest of the fault matrix and the largest shapes take many minutes more: LONG_TESTS=1 has them too.
const longTests = [
  '<rootDir>/test/faults/matrix-(clickhouse|graph|process|projectors|redis|shapes)',
  '<rootDir>/test/bad-input/shapes',
];

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.LONG_TESTS === '1' ? [] : longTests)],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  globalSetup: '<rootDir>/test/setup/start-stores.ts',
  globalTeardown: '<rootDir>/test/setup/stop-stores.ts',
  reporters: ['default', '<rootDir>/test/setup/closing-line.cjs'],
  maxWorkers: 1,
  testTimeout: 30_000,
};

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  globalSetup: '<rootDir>/test/setup/start-stores.ts',
  globalTeardown: '<rootDir>/test/setup/stop-stores.ts',
  reporters: ['default', '<rootDir>/test/setup/closing-line.cjs'],
  maxWorkers: 1,
  testTimeout: 30_000,
};

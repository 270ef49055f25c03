/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Not part of every run yet: the fault tests kill stores again and again (npm run faults does it at random), and the shapes are large.
  testPathIgnorePatterns: ['<rootDir>/test/faults/', '<rootDir>/test/bad-input/shapes', '/node_modules/'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  globalSetup: '<rootDir>/test/setup/start-stores.ts',
  globalTeardown: '<rootDir>/test/setup/stop-stores.ts',
  reporters: ['default', '<rootDir>/test/setup/closing-line.cjs'],
  maxWorkers: 1,
  testTimeout: 30_000,
};

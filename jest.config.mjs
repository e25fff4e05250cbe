/** One configuration for all suites; a folder name after `npm test --` narrows the run. */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // The ESM build of the SDK imports `ws` from within a `new Function`, whose code V8 keeps for the next test file in the same
  // process: that file then "imports after the environment has been torn down", and Jest leaves with 1.
  moduleNameMapper: { '^@deepgram/sdk$': '<rootDir>/node_modules/@deepgram/sdk/dist/cjs/index.js' },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.mjs'],
  testTimeout: 30_000,
};

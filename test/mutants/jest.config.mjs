import { fileURLToPath } from 'node:url';
import base from '../../jest.config.mjs';

/** The suites as they are, with the chart replaced by a mutant; see `resolver.mjs`. */
export default {
  ...base,
  rootDir: fileURLToPath(new URL('../../', import.meta.url)),
  // What the suites of the charts import; to look for modules elsewhere would only take time.
  roots: ['agents', 'emulators', 'journal', 'machines', 'statechart', 'test', 'visualizations'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testMatch: [...base.testMatch, '<rootDir>/test/mutants/self-test/*.suite.ts'],
  resolver: fileURLToPath(new URL('resolver.mjs', import.meta.url)),
  testEnvironment: fileURLToPath(new URL('environment.mjs', import.meta.url)),
  reporters: [],
};

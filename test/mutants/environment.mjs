import { TestEnvironment } from 'jest-environment-node';

/** Node, as for all tests; but one test that fails is enough: the mutant is dead, and the rest of the file is skipped. */
export default class OneFailureIsEnough extends TestEnvironment {
  #failed = false;

  /** @type {import('jest-environment-node').NodeEnvironment['handleTestEvent']} */
  handleTestEvent(event) {
    if (event.name === 'test_done') this.#failed ||= event.test.errors.length > 0;
    if (event.name === 'test_start' && this.#failed) event.test.mode = 'skip';
  }
}

import type { AnyStateMachine } from 'xstate';
import { stateId, statesOf } from '../../statechart/names.ts';
import { changed } from './mutated.ts';

/**
 * Which states each test of a file enters, with the chart as it is.
 *
 * A mistake in a state changes nothing until that state is entered, so a test that never enters it can not notice; all
 * others are run. That makes no difference to a verdict, only to how long it takes.
 */
export class Trace {
  readonly #tests = new Map<string, Set<string>>();
  /** Entered outside of any test, in a hook or as the file begins: each test may have to do with it. */
  readonly #shared = new Set<string>();
  /** How many tests enter any state. */
  readonly tests: number;

  /** @param text what {@link traced} wrote */
  constructor(text: string) {
    for (const line of text.split('\n').filter((entry) => entry !== '')) {
      const [test, state] = JSON.parse(line) as [string | null, string];
      if (test === null) this.#shared.add(state);
      else this.#tests.set(state, (this.#tests.get(state) ?? new Set()).add(test));
    }
    this.tests = new Set([...this.#tests.values()].flatMap((names) => [...names])).size;
  }

  /** The tests that may notice a mistake in this state, by name; undefined: all of the file. */
  testsThatEnter(state: string): readonly string[] | undefined {
    return this.#shared.has(state) ? undefined : [...(this.#tests.get(state) ?? [])];
  }
}

/** A copy of a chart that writes down, once for each test, which states are entered: XState looks up their entry actions. */
export function traced<M extends AnyStateMachine>(
  machine: M,
  testNow: () => string | undefined,
  write: (line: string) => void,
): M {
  const seen = new Set<string>();
  return changed(machine, (copy) => {
    for (const node of statesOf(copy)) {
      const { entry } = node;
      Object.defineProperty(node, 'entry', {
        get: () => {
          const line = `${JSON.stringify([testNow() ?? null, stateId(node)])}\n`;
          if (!seen.has(line)) write(line);
          seen.add(line);
          return entry;
        },
      });
    }
  });
}

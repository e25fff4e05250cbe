import { appendFileSync } from 'node:fs';
import { afterEach, expect } from '@jest/globals';
import type { AnyStateMachine } from 'xstate';
import { VARIABLES } from '../errand.ts';
import { mutated } from '../mutated.ts';
import { mutationNamed } from '../mutations-of.ts';
import { traced } from '../trace.ts';

const { [VARIABLES.mutant]: mutant, [VARIABLES.traceTo]: traceTo } = process.env;

// Jest remembers the name of the last test, also in the hooks that come behind it.
if (traceTo !== undefined) afterEach(() => expect.setState({ currentTestName: '' }));

/** What a test gets that imports a chart: the mutant that was asked for, or the chart as it is when it is of another. */
export function asChosen<M extends AnyStateMachine>(machine: M): M {
  if (traceTo !== undefined)
    return traced(
      machine,
      () => expect.getState().currentTestName || undefined,
      (line) => appendFileSync(traceTo, line),
    );
  const mutation = mutant === undefined ? undefined : mutationNamed(mutant, machine);
  return mutation ? mutated(machine, mutation) : machine;
}

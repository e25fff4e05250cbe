import type { AnyStateMachine } from 'xstate';
import { callMachine } from '../../machines/call/machine.ts';
import { recogniserMachine } from '../../machines/recogniser/machine.ts';
import { replyMachine } from '../../machines/reply/machine.ts';
import { transferMachine } from '../../machines/transfer/machine.ts';

/** A chart, and the tests that must notice every mistake in it. */
export interface MutableChart {
  readonly machine: AnyStateMachine;
  /**
   * Test files and folders. Only such as know by themselves what is right: a suite that compares the chart with pictures or
   * fingerprints of itself would find every mutant and prove nothing.
   */
  readonly suites: readonly string[];
  /** Walks of the whole chart: they know its laws, and take a minute for each mutant that nobody else has killed. */
  readonly walks: readonly string[];
}

const LAWS = 'test/machines/laws.test.ts';
const CHILD_MODELS = 'test/model/child-models.test.ts';

export const CHARTS = {
  call: {
    machine: callMachine,
    suites: ['test/machines/call', LAWS, 'test/replay/fixtures.test.ts', 'test/replay/replay.test.ts'],
    walks: ['test/model/call-model.test.ts', 'test/model/orders.test.ts'],
  },
  reply: { machine: replyMachine, suites: ['test/machines/reply', LAWS], walks: [CHILD_MODELS] },
  recogniser: { machine: recogniserMachine, suites: ['test/machines/recogniser', LAWS], walks: [CHILD_MODELS] },
  transfer: { machine: transferMachine, suites: ['test/machines/transfer', LAWS], walks: [CHILD_MODELS] },
} as const satisfies Readonly<Record<string, MutableChart>>;

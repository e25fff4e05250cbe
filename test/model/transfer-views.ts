import { transferMachine } from '../../machines/transfer/machine.ts';
import { childFailures } from '../support/explore.ts';
import { type ChartModel, COMMON_LAWS } from './chart-model.ts';
import { failure, fromChild, timers } from './child-stimuli.ts';

const refused = { code: 'rate-limit', message: 'too many', retryable: true } as const;

/** The hand-over of the caller at the carrier, with its tries. */
export const TRANSFER_MODEL: ChartModel<typeof transferMachine> = {
  machine: transferMachine,
  laws: COMMON_LAWS,
  mayWait: {},
  views: [
    {
      name: 'hand-over',
      input: { destination: { kind: 'human', number: '+14155550100' }, timeout: 10_000 },
      stimuli: (state) => [
        ...fromChild('handOver', state, [
          { type: 'xstate.done.actor.handOver', output: { ok: true }, actorId: 'handOver' },
          { type: 'xstate.done.actor.handOver', output: { ok: false, failure: failure(true) }, actorId: 'handOver' },
          { type: 'xstate.done.actor.handOver', output: { ok: false, failure: refused }, actorId: 'handOver' },
        ]),
        ...childFailures(state),
      ],
      key: (state) => JSON.stringify([state.snapshot.value, state.snapshot.context.tries, timers(state)]),
    },
  ],
};

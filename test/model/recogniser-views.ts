import { recogniserMachine } from '../../machines/recogniser/machine.ts';
import { childFailures } from '../support/explore.ts';
import { type ChartModel, COMMON_LAWS } from './chart-model.ts';
import { failure, fromChild, timers } from './child-stimuli.ts';

/** The connection to whoever recognises the caller's words: opened, lost, opened again. */
export const RECOGNISER_MODEL: ChartModel<typeof recogniserMachine> = {
  machine: recogniserMachine,
  laws: COMMON_LAWS,
  mayWait: {
    'recogniser.connected.listening': 'listens as long as the call lasts',
    'recogniser.failed': 'the call decides what follows',
  },
  views: [
    {
      name: 'connection',
      input: { topic: 'opening', connectTimeout: 5000, reconnectPause: 500 },
      stimuli: (state) => [
        { type: 'recogniser.expect', topic: 'dates' },
        ...fromChild('connection', state, [
          { type: 'connection.opened' },
          { type: 'connection.lost', failure: failure(true) },
          { type: 'connection.lost', failure: failure(false) },
          { type: 'caller.speechStarted' },
          { type: 'caller.interim', text: 'when' },
          { type: 'caller.eagerEndOfTurn', text: 'when' },
          { type: 'caller.turnResumed' },
          { type: 'caller.endOfTurn', text: 'when is breakfast', confidence: 1, words: [] },
        ]),
        ...childFailures(state),
      ],
      key: (state) => JSON.stringify([state.snapshot.value, state.snapshot.context.tries, timers(state)]),
    },
  ],
};

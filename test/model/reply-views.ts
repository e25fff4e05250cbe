import { CONTROL_TOOLS } from '../../machines/reply/control-tools.ts';
import { replyMachine } from '../../machines/reply/machine.ts';
import { childFailures } from '../support/explore.ts';
import { type ChartModel, COMMON_LAWS, type View } from './chart-model.ts';
import { failure, fromChild, timers } from './child-stimuli.ts';

const INPUT = {
  epoch: 1,
  history: [{ role: 'user', text: 'When is breakfast?' }],
  speculative: false,
  emergencyPhrases: ['call an ambulance'],
  replyFirstToken: 4000,
  toolTimeout: 8000,
} as const;

const view = (name: string, speculative: boolean): View<typeof replyMachine> => ({
  name,
  input: { ...INPUT, speculative },
  stimuli: (state) => [
    ...fromChild('draft', state, [
      { type: 'draft.text', text: 'From seven. ' },
      { type: 'draft.text', text: 'Please call an ambulance. ' },
      { type: 'draft.toolCall', call: { id: 'c', name: CONTROL_TOOLS.endCall, arguments: '{}' } },
      { type: 'draft.finished', expects: 'thanks' },
      { type: 'draft.failed', failure: failure(true) },
      // The model may ask for any number of tools; two show how they follow each other.
      ...(state.snapshot.context.calls.length < 2
        ? [{ type: 'draft.toolCall', call: { id: 't', name: 'look_up', arguments: '{}' } }]
        : []),
    ]),
    ...fromChild('tool', state, [{ type: 'tool.returned', result: '{}' }]),
    ...(speculative ? [{ type: 'reply.confirm' }] : []),
    ...childFailures(state),
  ],
  key: (state) => {
    const { value, context } = state.snapshot;
    return JSON.stringify([value, context.calls.length, Math.min(context.rounds, 3), timers(state)]);
  },
});

/** One answer of the agent: what a model may write, and what tools may return. */
export const REPLY_MODEL: ChartModel<typeof replyMachine> = {
  machine: replyMachine,
  laws: COMMON_LAWS,
  mayWait: {
    'reply.watch.reading': 'lives as long as the reply',
    'reply.watch.suspecting': "the call's speculation cap ends the reply, or confirms it",
    'reply.watch.alarmed': 'the call ends the reply in the same step',
    'reply.turn.guessed': "the call's speculation cap ends the reply, or confirms it",
    'reply.turn.ended': 'lives as long as the reply',
    'reply.stream.drafted': "the call's speculation cap ends the reply, or confirms it",
    'reply.stream.finished': 'the call ends the reply when it was heard',
    'reply.stream.failed': 'the call ends the reply in the same step, or when what was said was heard',
  },
  views: [view('drafting and tools', false), view('on the guess that the turn has ended', true)],
};

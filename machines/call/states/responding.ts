import { and } from 'xstate';
import { withCallerTurn } from '../history.ts';
import { call } from '../setup.ts';
import { afterLostMark, afterReply, interruptible } from './recital.ts';
import { speculating } from './speculating.ts';
import { committed } from './thinking.ts';

/**
 * The agent answers. The reply and the voice live here, through thinking and speaking, and die together on any way out.
 */
export const responding = call.createStateConfig({
  id: 'responding',
  entry: {
    type: 'take the floor',
    // A guess owes nothing yet, and takes nothing back.
    params: ({ context }) => ({ sentences: [], next: context.guess === undefined ? undefined : context.next }),
  },
  exit: 'close the tool call',
  invoke: [
    {
      id: 'reply',
      src: 'reply',
      input: ({ context: { epoch, history, guess, brief } }) => ({
        epoch,
        history: guess === undefined ? history : withCallerTurn(history, guess),
        speculative: guess !== undefined,
        emergencyPhrases: brief.emergencyPhrases,
        replyFirstToken: brief.deadlines.replyFirstToken,
        toolTimeout: brief.deadlines.toolTimeout,
      }),
      onError: { target: '#apologising', actions: 'cut audio' },
    },
    {
      id: 'voice',
      src: 'voice',
      input: ({ context }) => ({ epoch: context.epoch, sentences: [], open: true }),
      onError: { target: '#apologising', actions: 'cut audio' },
    },
  ],
  on: {
    'reply.toolCalled': { guard: 'is current', actions: 'remember the tool' },
    'reply.toolReturned': { guard: 'is current', actions: 'remember the tool' },
    'reply.emergency': [
      {
        guard: and(['is current', 'has an emergency number']),
        target: '#transferring.connecting',
        actions: ['cut audio', 'choose the emergency number'],
      },
      // Never promise what cannot be kept.
      { guard: 'is current', target: '#declining', actions: 'cut audio' },
    ],
    // The recogniser learns what to expect while the agent still speaks.
    'reply.finished': { guard: 'is current', actions: ['note what comes next', 'expect the topic', 'end the speech'] },
    // What was said stands; the agent apologises after it.
    'reply.failed': { guard: 'is current', actions: ['note what comes next', 'end the speech'] },
    'voice.failed': { guard: 'is current', target: '#apologising', actions: 'cut audio' },
    // Also while thinking: words that make no sound are over at once.
    'playout.finished': [...afterReply],
  },
  initial: 'thinking',
  states: {
    thinking: {
      // The answer comes first: it would be lost for words that were heard already.
      on: { 'line.dtmf': { guard: 'pressed *' } },
      initial: 'committed',
      states: { speculating, committed },
    },
    speaking: {
      initial: 'sounding',
      states: {
        sounding: {
          entry: 'forget failures',
          after: { 'sentence cap': [...afterLostMark] },
          on: {
            'playout.heard': {
              guard: 'is current',
              target: 'sounding',
              reenter: true,
              actions: 'count the sentence heard',
            },
            'playout.starved': [
              // Everything said was heard and the model is still at work: the agent is thinking again.
              { guard: and(['is current', 'was heard so far']), target: '#responding.thinking' },
              { guard: 'is current', target: 'stalled' },
            ],
          },
        },
        /** The voice stopped in the middle. */
        stalled: {
          after: { 'voice stall': { target: '#apologising', actions: 'cut audio' } },
          on: {
            'playout.resumed': { guard: 'is current', target: 'sounding' },
            'playout.heard': [
              // The sound had ended before its mark could come back: it was no stall, the model is still at work.
              {
                guard: and(['is current', 'hears the last sentence']),
                target: '#responding.thinking',
                actions: 'count the sentence heard',
              },
              { guard: 'is current', actions: 'count the sentence heard' },
            ],
          },
        },
      },
      on: {
        'reply.sentence': { guard: 'is current', actions: 'say the sentence' },
        ...interruptible('answer', true),
      },
    },
  },
});

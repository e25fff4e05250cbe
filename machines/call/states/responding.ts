import { and } from 'xstate';
import { call } from '../setup.ts';
import { afterReply, interruptible } from './recital.ts';

/**
 * The agent answers. The reply and the voice live here, through thinking and speaking, and die together on any way out.
 */
export const responding = call.createStateConfig({
  id: 'responding',
  entry: { type: 'take the floor', params: { sentences: [], next: undefined } },
  exit: 'close the tool call',
  invoke: [
    {
      id: 'reply',
      src: 'reply',
      input: ({ context: { epoch, history, brief } }) => ({
        epoch,
        history,
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
      initial: 'drafting',
      states: {
        /** Nothing to say yet, or everything said so far was heard. */
        drafting: {
          // The model has said its last word: nobody waits for the voice to say so too.
          always: [
            { guard: 'wants to hang up', target: '#closing', actions: 'remember what was said' },
            { guard: 'wants a transfer', target: '#transferring', actions: 'remember what was said' },
            { guard: 'wants to apologise', target: '#apologising', actions: 'remember what was said' },
            { guard: and(['knows what comes next', 'has said nothing']), target: '#apologising' },
            { guard: 'knows what comes next', target: '#listening', actions: 'remember what was said' },
          ],
          after: { 'reply deadline': { target: '#apologising', actions: 'cut audio' } },
          on: {
            'reply.sentence': { guard: 'is current', target: 'synthesising', actions: 'say the sentence' },
          },
        },
        /** Words, but no sound yet. */
        synthesising: {
          after: { 'voice first byte': { target: '#apologising', actions: 'cut audio' } },
          on: {
            'reply.sentence': { guard: 'is current', actions: 'say the sentence' },
          },
        },
      },
      on: {
        'playout.started': { guard: 'is current', target: 'speaking' },
        'playout.resumed': { guard: 'is current', target: 'speaking' },
        // Whoever speaks on is never punished: the answer is dropped, and both halves will be one turn.
        'caller.speechStarted': { target: '#speakingOn', actions: 'cut audio' },
        'caller.turnResumed': { target: '#speakingOn', actions: 'cut audio' },
        'caller.interim': { guard: 'meant something', target: '#speakingOn', actions: 'cut audio' },
        'caller.endOfTurn': [
          {
            guard: and(['meant something', 'has said nothing']),
            target: '#responding',
            reenter: true,
            actions: ['cut audio', "remember the caller's turn"],
          },
          // What was heard comes before these words in the history.
          {
            guard: 'meant something',
            target: '#interrupted.settling',
            actions: ['cut audio', "keep the caller's words"],
          },
        ],
      },
    },
    speaking: {
      entry: 'forget failures',
      initial: 'sounding',
      states: {
        sounding: {
          after: { 'sentence cap': { target: '#listening', actions: 'cut audio' } },
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
        ...interruptible('barges into the speech'),
      },
    },
  },
});

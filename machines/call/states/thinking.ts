import { and, not } from 'xstate';
import { call } from '../setup.ts';

/** The turn has ended and an answer is on its way, but nothing of it sounds. */
export const committed = call.createStateConfig({
  initial: 'drafting',
  states: {
    /** Nothing to say yet, or everything said so far was heard. */
    drafting: {
      id: 'drafting',
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
      initial: 'writing',
      states: {
        writing: { always: { guard: 'a tool is at work', target: 'usingTool' } },
        /** Long silence makes callers ask whether anybody is there. */
        usingTool: {
          always: { guard: not('a tool is at work'), target: 'writing' },
          after: {
            filler: {
              guard: and(['has said nothing', 'has a filler']),
              target: '#synthesising',
              actions: 'say the filler',
            },
          },
          // A cough must not make a tool do its work twice; words end it.
          on: { 'caller.speechStarted': {} },
        },
      },
    },
    /** Words, but no sound yet. */
    synthesising: {
      id: 'synthesising',
      after: { 'voice first byte': { target: '#apologising', actions: 'cut audio' } },
      on: {
        'reply.sentence': { guard: 'is current', actions: 'say the sentence' },
        // Sentences that make no sound are over at once.
        'playout.heard': [
          {
            guard: and(['is current', 'hears the last sentence']),
            target: 'drafting',
            actions: 'count the sentence heard',
          },
          { guard: 'is current', actions: 'count the sentence heard' },
        ],
        // A cough does not end a tool that works on behind these words, either.
        'caller.speechStarted': { guard: 'a tool is at work' },
      },
    },
  },
  on: {
    'playout.started': { guard: 'is current', target: '#responding.speaking' },
    'playout.resumed': { guard: 'is current', target: '#responding.speaking' },
    // Whoever speaks on is never punished: the answer is dropped, and both halves will be one turn.
    'caller.speechStarted': { target: '#speakingOn', actions: 'cut audio' },
    'caller.turnResumed': { target: '#speakingOn', actions: 'cut audio' },
    'caller.interim': { guard: 'meant something', target: '#speakingOn', actions: 'cut audio' },
    'caller.eagerEndOfTurn': { guard: 'meant something', target: '#speakingOn', actions: 'cut audio' },
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
});

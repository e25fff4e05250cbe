import { and } from 'xstate';
import { call, lastWords } from '../setup.ts';
import { recital } from './recital.ts';

/** After silence: "Are you still there?" */
export const reprompting = recital({
  id: 'reprompting',
  script: ({ brief: { script }, reprompts }) => [
    script.reprompts[Math.max(0, reprompts - 1)] ?? script.reprompts.at(-1) ?? '',
  ],
  next: '#listening',
  floor: 'prompt',
});

/** `*` was pressed: the last thing said, once more. */
export const repeating = recital({
  script: (context) => lastWords(context) ?? [],
  next: '#listening',
  floor: 'prompt',
});

/** `*` was pressed in the middle of an answer: all of it once more, and then as it would have gone on. */
export const retelling = recital({
  id: 'retelling',
  script: (context) => lastWords(context) ?? [],
  within: 'an answer',
  floor: 'prompt',
});

/** A false interruption: from the first unheard word on, and then as it would have gone on. */
export const resuming = recital({
  id: 'resuming',
  script: ({ unheard }) => unheard.sentences,
  within: 'the rest of an answer',
  floor: 'answer',
});

/** Nobody could be reached: the agent says so and stays. */
export const declining = recital({
  id: 'declining',
  script: ({ brief }) => [brief.script.handOverFailed],
  next: '#listening',
  floor: 'prompt',
});

/** No answer could be made in time. After two in a row a human takes over, or the call ends. */
export const apologising = call.createStateConfig({
  id: 'apologising',
  entry: 'count the failure',
  initial: 'deciding',
  states: {
    deciding: {
      always: [
        { guard: and(['has failed too often', 'has a human']), target: '#transferring' },
        { guard: 'has failed too often', target: '#closing' },
        { target: 'reciting' },
      ],
    },
    reciting: recital({
      script: ({ brief }) => [brief.script.apology],
      next: '#listening',
      floor: 'prompt',
    }),
  },
});

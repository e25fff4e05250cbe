import { and } from 'xstate';
import { initialContext } from './context.ts';
import { outputOf } from './output.ts';
import { call } from './setup.ts';
import { attended, relaying } from './states/attended.ts';
import { bargeIn } from './states/barge-in.ts';
import { closing } from './states/closing.ts';
import { disclosing } from './states/disclosing.ts';
import { greeting } from './states/greeting.ts';
import { interrupted } from './states/interrupted.ts';
import { length } from './states/length.ts';
import { line } from './states/line.ts';
import { listening } from './states/listening.ts';
import { apologising, declining, repeating, reprompting, resuming, retelling } from './states/prompts.ts';
import { TAKEN_AWAY } from './states/recital.ts';
import { recognition } from './states/recognition.ts';
import { responding } from './states/responding.ts';
import { transferring } from './states/transferring.ts';

/**
 * Every phone call: the whole truth about who may speak.
 *
 * Structure only; each state is a file in `states/`, each name is explained in `setup.ts`. Connect it to the world with
 * `connectCall()`. Its input is the {@link CallBrief}, its output says why the call ended and what the carrier does next.
 */
export const callMachine = call.createMachine({
  id: 'call',
  context: ({ input }) => initialContext(input),
  initial: 'active',
  states: {
    active: {
      type: 'parallel',
      states: {
        // First, so that playout is heard before the greeting's voice can make a sound.
        line,
        conversation: {
          initial: 'disclosing',
          on: {
            'line.dtmf': [
              { guard: 'pressed 0', target: '.transferring', actions: TAKEN_AWAY },
              {
                guard: and(['pressed *', 'has spoken before']),
                target: '.repeating',
                actions: TAKEN_AWAY,
              },
            ],
            'operator.takeOver': { target: '.attended', actions: TAKEN_AWAY },
            'operator.say': { target: '.relaying', actions: TAKEN_AWAY },
            'operator.transfer': { target: '.transferring', actions: TAKEN_AWAY },
            'operator.hangUp': {
              target: '.closing',
              actions: [...TAKEN_AWAY, { type: 'note the reason', params: { reason: 'operator' } }],
            },
            // Another guess at the same turn: `responding` is left, and entered anew.
            'caller.eagerEndOfTurn': {
              guard: 'guesses otherwise',
              target: '.responding.thinking.speculating',
              actions: ['cut audio', 'note the guess'],
            },
            // An agent that cannot hear is no use: the carrier's own voice, or a human, takes over.
            'recognition.failed': {
              target: '#call.ended',
              actions: { type: 'note the reason', params: { reason: 'recognition-failed' } },
            },
          },
          states: {
            disclosing,
            greeting,
            listening,
            reprompting,
            responding,
            interrupted,
            repeating,
            retelling,
            resuming,
            apologising,
            transferring,
            declining,
            relaying,
            attended,
            closing,
          },
        },
        bargeIn,
        recognition,
        length,
      },
    },
    ended: { type: 'final' },
  },
  output: ({ context }) => outputOf(context),
});

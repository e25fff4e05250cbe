import { callMachine } from '../../machines/call/machine.ts';
import { candidatesOf, statesOf } from '../../statechart/names.ts';
import { refusalOf } from '../support/goals.ts';

/** Goals of the call chart that nothing outside can reach, and why. */
export interface PaperOnly {
  readonly reason: string;
  readonly covers: (goal: string) => boolean;
}

const named = (reason: string, pattern: RegExp): PaperOnly => ({ reason, covers: (goal) => pattern.test(goal) });

/** Refusals by a guard that asks for nothing but the epoch. */
const LATE: ReadonlySet<string> = new Set(
  statesOf(callMachine)
    .flatMap((node) => candidatesOf(node).flat())
    .filter(({ guard, eventType }) => guard === 'is current' && /^(reply|voice|playout)\./.test(eventType))
    .map(refusalOf),
);

/** An answer whose last sentence makes no sound: its mark leads on before playout has said that all is over. */
const NOT_TOO_LATE = /(transferring\.announcing|apologising\.reciting|closing) --playout\.finished--/;

/**
 * What the walks on the wire leave to those on paper. The chart is safe there all the same: it does not know who talks to
 * it.
 */
export const PAPER_ONLY: readonly PaperOnly[] = [
  named('a child that crashes is a bug of ours; vendors only make it fail', /--error /),
  {
    reason: 'reply, voice and playout fall silent as the chart leaves them: nothing comes late',
    covers: (goal) => LATE.has(goal) && !NOT_TOO_LATE.test(goal),
  },
  named(
    'the reader of Flux takes a guess back, or ends the turn, before it tells anything else of it',
    /speculating --caller\.(speechStarted|interim|eagerEndOfTurn)\b/,
  ),
  named(
    'the reader of Flux gives an end without words those of the guess',
    /speculating --caller\.endOfTurn \((3\)--.*\[refused\]|4\)--|5\)--)/,
  ),
  named(
    'nothing was interrupted before the greeting: its first words are never too soon, and come before every guess',
    /greeting --caller\.eagerEndOfTurn--> \S+hearing$/,
  ),
  named(
    'the reader of Flux takes a guess back before it guesses otherwise',
    /conversation --caller\.eagerEndOfTurn--> \S+speculating$/,
  ),
  named('the reader of Flux never guesses without words', /listening --caller\.eagerEndOfTurn--> .* \[refused\]/),
  named(
    'the reader of Flux begins every utterance, and that already leaves the state',
    /(interrupted\.settling --caller\.endOfTurn|listening\.cutShort --caller\.(interim|endOfTurn))\b/,
  ),
];

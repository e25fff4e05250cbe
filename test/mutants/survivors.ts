/** Mutants that no test can kill, for one reason. */
interface Excuse {
  readonly reason: string;
  readonly mutants: readonly string[];
}

const TALK = 'call.active.conversation';
const keeping = (place: string): string => `drop action · ${TALK}.${place} · remember the caller's kept words`;
/** `#1` to `#5`: the recitals that lead where the answer leads have that many ways out. */
const everyWay = [1, 2, 3, 4, 5].map((way) => ` #${way}`);

const EXCUSES: readonly Excuse[] = [
  {
    reason:
      'Words are kept only while the disclosure, a line of an operator or a report of playout is awaited: never here.',
    mutants: [
      `drop action · ${TALK} · line.dtmf #2 · remember the caller's kept words`,
      ...[
        'greeting',
        'reprompting',
        'repeating',
        'declining',
        'apologising.reciting',
        'transferring.announcing',
      ].flatMap((recital) => [
        keeping(`${recital} · playout.finished`),
        keeping(`${recital} · after recital cap`),
        keeping(`${recital}.stalled · after voice stall`),
      ]),
      ...['retelling', 'resuming', 'relaying'].flatMap((recital) =>
        everyWay.flatMap((way) => [
          keeping(`${recital} · after recital cap${way}`),
          keeping(`${recital}.stalled · after voice stall${way}`),
        ]),
      ),
    ],
  },
  {
    reason: 'To keep nothing behind what is kept changes nothing.',
    mutants: [
      `drop guard · ${TALK}.interrupted.settling · caller.endOfTurn · said something`,
      `drop guard · ${TALK}.attended.saying · caller.endOfTurn · said something`,
    ],
  },
  {
    reason: 'Nothing can have been interrupted before the greeting.',
    mutants: [
      `drop condition · ${TALK}.greeting · caller.interim · is new`,
      `drop condition · ${TALK}.greeting · caller.eagerEndOfTurn · is new`,
    ],
  },
  {
    reason: 'Every way in names the inner state.',
    mutants: [
      `swap target · ${TALK}.interrupted · initial · ${TALK}.interrupted.hearing → ${TALK}.interrupted.settling`,
    ],
  },
  {
    reason: 'Without a tool at work that state leads to the right one in the same step.',
    mutants: [
      `swap target · ${TALK}.responding.thinking.committed.drafting · initial · ${TALK}.responding.thinking.committed.drafting.writing → ${TALK}.responding.thinking.committed.drafting.usingTool`,
    ],
  },
  {
    reason: 'The target is no state that stays: it is left and entered anyway. `reenter` only says so.',
    mutants: [
      `drop re-entry · ${TALK}.responding.thinking.speculating · caller.endOfTurn #3 · ${TALK}.responding`,
      `drop re-entry · ${TALK}.responding.thinking.speculating · caller.endOfTurn #4 · ${TALK}.responding`,
      `drop re-entry · ${TALK}.responding.thinking.committed · caller.endOfTurn #1 · ${TALK}.responding`,
      `drop re-entry · ${TALK}.responding.speaking · line.dtmf #2 · ${TALK}.retelling`,
      `drop re-entry · ${TALK}.resuming · line.dtmf #2 · ${TALK}.retelling`,
      `drop re-entry · ${TALK}.relaying · line.dtmf #2 · ${TALK}.retelling`,
    ],
  },
  {
    reason: 'Its two regions are entered anew in any case, and the state itself has nothing to begin.',
    mutants: [`drop re-entry · ${TALK}.attended.saying · operator.say · ${TALK}.attended.saying`],
  },
  {
    reason: 'A call that ends without a reason was ended by the caller: `outputOf` says so.',
    mutants: ['drop action · call.active.line.dropped · line.stopped · note the reason (reason: caller-hung-up)'],
  },
  {
    reason: 'Nothing above hears it either: the chart lists all that operators may want, so that nobody wonders.',
    mutants: ['disclosing', 'transferring', 'closing'].map(
      (state) => `drop transition · ${TALK}.${state} · operator.handBack · nothing`,
    ),
  },
  {
    reason: 'As long as calls wait, that state leads to the right one in the same step.',
    mutants: ['swap target · reply.stream.drafted · always #1 · reply.stream.usingTools → reply.stream.paired'],
  },
  {
    reason: 'Both are the rest after the last word; the call goes by what it was told.',
    mutants: ['swap target · reply.stream.drafted · always #2 · reply.stream.finished → reply.stream.failed'],
  },
  {
    reason: 'The second try has a result of its own, whatever it is.',
    mutants: ['drop action · transfer.requesting · done handOver #1 · keep the result'],
  },
];

/**
 * Why each of these mutants may survive, by id: nothing that a caller, a child or the journal could notice is different. A
 * reason is wrong as soon as a test does kill the mutant; the run says so.
 */
export const SURVIVORS: Readonly<Record<string, string>> = Object.fromEntries(
  EXCUSES.flatMap(({ reason, mutants }) => mutants.map((id) => [id, reason])),
);

import { and, not } from 'xstate';
import type { CallContext } from '../context.ts';
import type { CallEvent } from '../events.ts';
import { call } from '../setup.ts';

/** What the caller may interrupt, each with a policy of its own. */
const FLOORS = {
  greeting: { bargesIn: 'barges into the greeting', keysMay: 'keys may interrupt the greeting' },
  prompt: { bargesIn: 'barges into a prompt', keysMay: 'keys may interrupt a prompt' },
  answer: { bargesIn: 'barges into an answer', keysMay: 'keys may interrupt an answer' },
} as const;

/** An answer is not over before it has led to where it leads. */
const RETOLD = [{ guard: 'pressed *', target: '#retelling', reenter: true, actions: 'cut audio' }] as const;

/** The caller takes the floor in the middle of the agent's speech; shared by every state that may be interrupted. */
export const interruptible = (floor: keyof typeof FLOORS, ofAnswer: boolean) => {
  const { bargesIn, keysMay } = FLOORS[floor];
  const bargeIn = {
    guard: and([bargesIn, 'is new']),
    target: '#interrupted.hearing',
    actions: ['cut audio', 'accept the barge-in'],
  } as const;
  return {
    'caller.interim': bargeIn,
    'caller.eagerEndOfTurn': bargeIn,
    // A whole turn is never lost to the filter of interims.
    'caller.endOfTurn': {
      guard: bargesIn,
      target: '#interrupted.settling',
      actions: ['cut audio', "keep the caller's words"],
    },
    'line.dtmf': [
      // Goes no further than here.
      { guard: not(keysMay) },
      ...(ofAnswer ? RETOLD : []),
    ],
  } as const;
};

/** Where a recital leads. The first guard that says yes counts. */
export interface Exit {
  readonly guard?:
    | 'owes an answer'
    | 'has more to write'
    | 'wants to hang up'
    | 'wants a transfer'
    | 'wants to apologise'
    | 'hands back behind the line'
    | 'transfers behind the line'
    | 'hangs up behind the line';
  readonly target: string;
}

interface Recital {
  /** State id, for states that others name. */
  readonly id?: string;
  /** What is said. Evaluated as the state is entered. */
  readonly script: (context: CallContext, event: CallEvent) => readonly string[];
  /** Where the call goes when the caller heard it all, or when it took too long. Default: the agent listens. */
  readonly next?: string | readonly Exit[];
  /** Whether it stands in the middle of something, that then decides this instead. */
  readonly within?: keyof typeof WITHIN;
  /** Where it goes when the voice fails; by default the call ends and the carrier's own voice takes over. */
  readonly otherwise?: string;
  /** Whose policy says what may interrupt it; without one the recital is protected. */
  readonly floor?: keyof typeof FLOORS;
}

/** Where an answer leads when it is over. */
const LEADS = [
  { guard: 'wants to hang up', target: '#closing' },
  { guard: 'wants a transfer', target: '#transferring' },
  { guard: 'wants to apologise', target: '#apologising' },
  { target: '#listening' },
] as const satisfies readonly Exit[];

/** An answer that was cut before the model had said all of it goes on with a new one. */
const GOES_ON = [{ guard: 'has more to write', target: '#responding' }, ...LEADS] as const satisfies readonly Exit[];

/** What a recital stands in the middle of, and where that leads. */
const WITHIN = {
  /** The rest of the answer that was cut. */
  'the rest of an answer': { exits: GOES_ON, remember: ['remember the rest that was said'] },
  /** The answer that was cut, from its beginning. */
  'an answer': { exits: GOES_ON, remember: ['remember what was said'] },
  /** A remark between a question and its answer, or between an answer and what it leads to. */
  'the conversation': {
    exits: [{ guard: 'owes an answer', target: '#responding' }, ...LEADS],
    remember: ['remember what was said'],
  },
} as const;

/** The same ways out, once all was heard. */
const whenHeard = <Actions>(exits: readonly Exit[], actions: Actions) =>
  exits.map(({ guard, target }) => ({
    guard: guard === undefined ? ('is current' as const) : and(['is current', guard]),
    target,
    actions,
  }));

/** The same ways out, when it took too long. */
const whenTooLong = <Actions>(exits: readonly Exit[], actions: Actions) => exits.map((exit) => ({ ...exit, actions }));

export const afterReply = whenHeard(LEADS, 'remember what was said' as const);

/** A mark that was lost does not change where the answer leads. */
export const afterLostMark = whenTooLong(LEADS, 'cut audio' as const);

/** Whatever takes the speech away, nothing that the caller said meanwhile is lost. */
export const TAKEN_AWAY = ['cut audio', "remember the caller's kept words"] as const;

/** What the caller said meanwhile stands behind what was said. */
const REMEMBER = ['remember what was said', "remember the caller's kept words"] as const;

/**
 * A state in which the agent recites lines of its script: it holds the floor, owns a voice for that time, and is left when
 * the last mark came back.
 */
export const recital = ({ id, script, next = '#listening', within, otherwise, floor }: Recital) => {
  const voiceFailed = otherwise
    ? { target: otherwise }
    : {
        target: '#call.ended',
        actions: { type: 'note the reason' as const, params: { reason: 'voice-failed' as const } },
      };
  const exits = typeof next === 'string' ? [{ target: next }] : next;
  const ways = within === undefined ? { exits, remember: REMEMBER } : WITHIN[within];
  const tooLong = whenTooLong(ways.exits, TAKEN_AWAY);
  return call.createStateConfig({
    ...(id !== undefined && { id }),
    // Drawn as one box on the overview: the inside of all recitals is the same.
    tags: 'recital',
    entry: [
      {
        type: 'take the floor',
        params: ({ context, event }) => ({
          sentences: script(context, event as CallEvent),
          next: within === undefined ? 'listen' : context.next,
        }),
      },
      ...(within === 'the rest of an answer' ? (['replay what was retained'] as const) : []),
    ],
    invoke: {
      id: 'voice',
      src: 'voice',
      input: ({ context: { epoch, saying, unheard } }) => {
        const first = within === 'the rest of an answer' ? unheard.retained : 0;
        return { epoch, sentences: saying.slice(first), open: false, first };
      },
      onError: voiceFailed,
    },
    on: {
      'playout.finished': whenHeard(ways.exits, ways.remember),
      'voice.failed': { guard: 'is current', ...voiceFailed },
      ...(floor ? interruptible(floor, within !== undefined) : {}),
    },
    after: { 'recital cap': tooLong },
    initial: 'preparing',
    states: {
      preparing: {
        after: { 'script first byte': voiceFailed },
        on: { 'playout.started': { guard: 'is current', target: 'sounding' } },
      },
      sounding: {
        on: { 'playout.starved': { guard: 'is current', target: 'stalled' } },
      },
      /** The voice stopped in the middle, or does not say that it has finished. */
      stalled: {
        after: { 'voice stall': tooLong },
        on: { 'playout.resumed': { guard: 'is current', target: 'sounding' } },
      },
    },
  });
};

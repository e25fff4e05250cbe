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
  /** Where the call goes when the caller heard it all, or when it took too long. */
  readonly next: string | readonly Exit[];
  /** Whether it stands in the middle of something, that then decides where the call goes when all was heard. */
  readonly within?: keyof typeof WITHIN;
  /** Where it goes when the voice fails; by default the call ends and the carrier's own voice takes over. */
  readonly otherwise?: string;
  /** Whose policy says what may interrupt it; without one the recital is protected. */
  readonly floor?: keyof typeof FLOORS;
}

/** Where a reply leads when all of it was heard. */
const afterReplyThen = (remember: 'remember what was said' | 'remember the rest that was said') =>
  [
    { guard: and(['is current', 'wants to hang up']), target: '#closing', actions: remember },
    { guard: and(['is current', 'wants a transfer']), target: '#transferring', actions: remember },
    { guard: and(['is current', 'wants to apologise']), target: '#apologising', actions: remember },
    { guard: 'is current', target: '#listening', actions: remember },
  ] as const;

export const afterReply = afterReplyThen('remember what was said');

/** An answer that was cut before the model had said all of it goes on with a new one. */
const goesOn = and(['is current', not('knows what comes next')]);

const WITHIN = {
  /** The rest of the answer that was cut. */
  'the rest of an answer': [
    { guard: goesOn, target: '#responding', actions: 'remember the rest that was said' },
    ...afterReplyThen('remember the rest that was said'),
  ],
  /** The answer that was cut, from its beginning. */
  'an answer': [{ guard: goesOn, target: '#responding', actions: 'remember what was said' }, ...afterReply],
  /** A remark between a question and its answer, or between an answer and what it leads to. */
  'the conversation': [
    { guard: and(['is current', 'owes an answer']), target: '#responding', actions: 'remember what was said' },
    ...afterReply,
  ],
} as const;

/** Whatever takes the speech away, nothing that the caller said meanwhile is lost. */
export const TAKEN_AWAY = ['cut audio', "remember the caller's kept words"] as const;

/** What the caller said meanwhile stands behind what was said. */
const REMEMBER = ['remember what was said', "remember the caller's kept words"] as const;

/**
 * A state in which the agent recites lines of its script: it holds the floor, owns a voice for that time, and is left when
 * the last mark came back.
 */
export const recital = ({ id, script, next, within, otherwise, floor }: Recital) => {
  const voiceFailed = otherwise
    ? { target: otherwise }
    : {
        target: '#call.ended',
        actions: { type: 'note the reason' as const, params: { reason: 'voice-failed' as const } },
      };
  const exits = typeof next === 'string' ? [{ target: next }] : next;
  const heard = exits.map(({ guard, target }) => ({
    guard: guard === undefined ? ('is current' as const) : and(['is current', guard]),
    target,
    actions: REMEMBER,
  }));
  const tooLong = exits.map((exit) => ({ ...exit, actions: TAKEN_AWAY }));
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
      'playout.finished': within === undefined ? heard : [...WITHIN[within]],
      'voice.failed': { guard: 'is current', ...voiceFailed },
      ...(floor ? interruptible(floor, within !== undefined && within !== 'the conversation') : {}),
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

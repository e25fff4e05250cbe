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

/** The caller takes the floor in the middle of the agent's speech; shared by every state that may be interrupted. */
export const interruptible = (floor: keyof typeof FLOORS) => {
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
    // Goes no further than here.
    'line.dtmf': { guard: not(keysMay) },
  } as const;
};

interface Recital {
  /** State id, for states that others name. */
  readonly id?: string;
  /** What is said. Evaluated as the state is entered. */
  readonly script: (context: CallContext, event: CallEvent) => readonly string[];
  /** Where the call goes when the caller heard it all. */
  readonly next: string;
  /** Whether it takes up a reply that was cut: then that reply decides where the call goes when all was heard. */
  readonly carriesOn?: true;
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

/** A reply that was cut before the model had said all of it goes on with a new one. */
const afterCutReply = [
  {
    guard: and(['is current', not('knows what comes next')]),
    target: '#responding',
    actions: 'remember the rest that was said',
  },
  ...afterReplyThen('remember the rest that was said'),
] as const;

/**
 * A state in which the agent recites lines of its script: it holds the floor, owns a voice for that time, and is left when
 * the last mark came back.
 */
export const recital = ({ id, script, next, carriesOn, otherwise, floor }: Recital) => {
  const voiceFailed = otherwise
    ? { target: otherwise }
    : {
        target: '#call.ended',
        actions: { type: 'note the reason' as const, params: { reason: 'voice-failed' as const } },
      };
  return call.createStateConfig({
    ...(id !== undefined && { id }),
    // Drawn as one box on the overview: the inside of all recitals is the same.
    tags: 'recital',
    entry: [
      {
        type: 'take the floor',
        params: ({ context, event }) => ({
          sentences: script(context, event as CallEvent),
          next: carriesOn ? context.next : 'listen',
        }),
      },
      ...(carriesOn ? (['replay what was retained'] as const) : []),
    ],
    invoke: {
      id: 'voice',
      src: 'voice',
      input: ({ context: { epoch, saying, unheard } }) => {
        const first = carriesOn ? unheard.retained : 0;
        return { epoch, sentences: saying.slice(first), open: false, first };
      },
      onError: voiceFailed,
    },
    on: {
      'playout.finished': carriesOn
        ? [...afterCutReply]
        : { guard: 'is current', target: next, actions: 'remember what was said' },
      'voice.failed': { guard: 'is current', ...voiceFailed },
      ...(floor ? interruptible(floor) : {}),
    },
    after: { 'recital cap': { target: next, actions: 'cut audio' } },
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
        after: { 'voice stall': { target: next, actions: 'cut audio' } },
        on: { 'playout.resumed': { guard: 'is current', target: 'sounding' } },
      },
    },
  });
};

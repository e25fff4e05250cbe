import type { CallContext } from '../context.ts';
import { call } from '../setup.ts';

/** The caller takes the floor in the middle of the agent's speech; shared by every state that may be interrupted. */
export const interruptible = (guard: 'barges into the greeting' | 'barges into the speech') =>
  ({
    'caller.interim': {
      guard,
      target: '#interrupted.hearing',
      actions: ['cut audio', 'accept the barge-in'],
    },
    'caller.endOfTurn': {
      guard,
      target: '#interrupted.settling',
      actions: ['cut audio', 'accept the barge-in', "keep the caller's words"],
    },
  }) as const;

interface Recital {
  /** State id, for states that others name. */
  readonly id?: string;
  /** What is said. Evaluated as the state is entered. */
  readonly script: (context: CallContext) => readonly string[];
  /** Where the call goes when the caller heard it all. */
  readonly next: string;
  /** Where it goes when the voice fails; by default the call ends and the carrier's own voice takes over. */
  readonly otherwise?: string;
  /** What may interrupt it; without one the recital is protected. */
  readonly interrupted?: 'barges into the greeting' | 'barges into the speech';
}

/**
 * A state in which the agent recites lines of its script: it holds the floor, owns a voice for that time, and is left when
 * the last mark came back.
 */
export const recital = ({ id, script, next, otherwise, interrupted }: Recital) => {
  const voiceFailed = otherwise
    ? { target: otherwise }
    : {
        target: '#call.ended',
        actions: { type: 'note the reason' as const, params: { reason: 'voice-failed' as const } },
      };
  return call.createStateConfig({
    ...(id !== undefined && { id }),
    entry: { type: 'take the floor', params: ({ context }) => ({ sentences: script(context) }) },
    invoke: {
      id: 'voice',
      src: 'voice',
      input: ({ context }) => ({ epoch: context.epoch, sentences: context.saying, open: false }),
      onError: voiceFailed,
    },
    on: {
      'playout.finished': { guard: 'is current', target: next, actions: 'remember what was said' },
      'voice.failed': { guard: 'is current', ...voiceFailed },
      ...(interrupted ? interruptible(interrupted) : {}),
    },
    after: { 'recital cap': { target: next, actions: 'cut audio' } },
  });
};

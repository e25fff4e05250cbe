import type { callOnPaper } from './call-on-paper.ts';

/** A child of the call ends with an error, as it would through a bug; its failures are told as events instead. */
export function breaks(
  { call }: ReturnType<typeof callOnPaper>,
  child: 'playout' | 'recogniser' | 'reply' | 'transfer' | 'voice',
): void {
  // Not among the events of the call: XState tells it to the parent by itself.
  call.send({ type: `xstate.error.actor.${child}`, actorId: child, error: new Error(`${child} broke`) } as never);
}

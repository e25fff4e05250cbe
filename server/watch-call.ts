import type { Actor, InspectionEvent, SnapshotFrom } from 'xstate';
import type { CallEvent } from '../machines/call/events.ts';
import type { callMachine } from '../machines/call/machine.ts';

/** Told of each event that a call has processed, and of the state after it. */
export type CallObserver = (event: CallEvent, snapshot: SnapshotFrom<typeof callMachine>) => void;

/**
 * Looks on while a call runs, from now on. Costs nothing when nobody looks.
 *
 * @param onError told once when the observer throws; it is then detached, the call goes on
 * @returns detaches it
 */
export function watchCall(
  call: Actor<typeof callMachine>,
  observer: CallObserver,
  onError: (error: unknown) => void,
): () => void {
  // An inspector that throws can wedge the call's mailbox, so nothing leaves here.
  const { unsubscribe } = call.system.inspect((inspected: InspectionEvent) => {
    if (inspected.actorRef !== call || inspected.type !== '@xstate.snapshot') return;
    try {
      observer(inspected.event as CallEvent, inspected.snapshot as SnapshotFrom<typeof callMachine>);
    } catch (error) {
      unsubscribe();
      onError(error);
    }
  });
  return unsubscribe;
}

import { fromPromise } from 'xstate';
import { failureOf } from '../../call/failure.ts';
import type { CallControl, Destination, PortOf } from '../../call/ports.ts';
import type { HandOver } from '../machine.ts';

/** One request to the carrier as an actor. */
export const handOverActor = (callControlOf: PortOf<CallControl>) =>
  fromPromise<HandOver, Destination>(async ({ input, system, signal }) => {
    try {
      await callControlOf(system).transfer(input, signal);
      return { ok: true };
    } catch (error) {
      return { ok: false, failure: failureOf(error) };
    }
  });

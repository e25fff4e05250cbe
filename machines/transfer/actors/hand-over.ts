import { fromPromise } from 'xstate';
import { failureOf } from '../../call/failure.ts';
import type { CallControl, Destination } from '../../call/ports.ts';
import type { HandOver } from '../machine.ts';

/** One request to the carrier as an actor. */
export const handOverActor = (callControl: CallControl) =>
  fromPromise<HandOver, Destination>(async ({ input, signal }) => {
    try {
      await callControl.transfer(input, signal);
      return { ok: true };
    } catch (error) {
      return { ok: false, failure: failureOf(error) };
    }
  });

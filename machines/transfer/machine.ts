import { assign, fromPromise, setup } from 'xstate';
import type { Failure } from '../call/events.ts';
import type { Destination } from '../call/ports.ts';

/** What came of one request to the carrier; a refusal is data, not an error. */
export type HandOver = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };

export interface TransferInput {
  readonly destination: Destination;
  /** ms for one request. */
  readonly timeout: number;
}

interface TransferContext extends TransferInput {
  readonly tries: number;
  readonly result: HandOver;
}

const MAX_TRIES = 2;
const TIMED_OUT: HandOver = {
  ok: false,
  failure: { code: 'timeout', message: 'no answer from the carrier within transferTimeout', retryable: false },
};
const CRASHED: HandOver = {
  ok: false,
  failure: { code: 'unavailable', message: 'the hand-over crashed', retryable: false },
};

const transfer = setup({
  types: {} as { context: TransferContext; input: TransferInput; output: HandOver },
  actors: {
    handOver: fromPromise<HandOver, Destination>(() => {
      throw new Error("the transfer's handOver is not connected: use connectCall()");
    }),
  },
  delays: {
    'transfer timeout': ({ context }) => context.timeout,
    'retry pause': 1000,
  },
  guards: {
    // Only a refusal for being too many was surely not carried out; after a time-out the caller may be on the way.
    'may try again': ({ context }, { result }: { result: HandOver }) =>
      !result.ok && result.failure.code === 'rate-limit' && context.tries < MAX_TRIES,
  },
  actions: {
    'count the try': assign({ tries: ({ context }) => context.tries + 1 }),
    'keep the result': assign({ result: (_, { result }: { result: HandOver }) => result }),
  },
});

/**
 * Hands the live call to another number: one request to the carrier, a second one only when the first was surely not
 * carried out. Lives in the call's `transferring.connecting`; its output says what came of it.
 */
export const transferMachine = transfer.createMachine({
  id: 'transfer',
  context: ({ input }) => ({ ...input, tries: 0, result: TIMED_OUT }),
  initial: 'requesting',
  states: {
    requesting: {
      entry: 'count the try',
      invoke: {
        id: 'handOver',
        src: 'handOver',
        input: ({ context }) => context.destination,
        onDone: [
          {
            guard: { type: 'may try again', params: ({ event }) => ({ result: event.output }) },
            target: 'pausing',
            actions: { type: 'keep the result', params: ({ event }) => ({ result: event.output }) },
          },
          { target: 'over', actions: { type: 'keep the result', params: ({ event }) => ({ result: event.output }) } },
        ],
        onError: { target: 'over', actions: { type: 'keep the result', params: { result: CRASHED } } },
      },
      after: {
        'transfer timeout': { target: 'over', actions: { type: 'keep the result', params: { result: TIMED_OUT } } },
      },
    },
    pausing: { after: { 'retry pause': 'requesting' } },
    over: { type: 'final' },
  },
  output: ({ context }) => context.result,
});

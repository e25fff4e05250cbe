import { assign, enqueueActions, fromCallback, sendParent, setup } from 'xstate';
import type { CallerEvent, Failure } from '../call/events.ts';

export interface RecogniserInput {
  readonly topic: string;
  /** ms until a connection must be open. */
  readonly connectTimeout: number;
  /** ms before the first new try; doubles with each try that fails in a row, from the second on. */
  readonly reconnectPause: number;
}

interface RecogniserContext extends RecogniserInput {
  readonly tries: number;
  readonly failure: Failure;
}

/** Sent by the connection child. */
export type ConnectionEvent =
  | { readonly type: 'connection.opened' }
  | { readonly type: 'connection.lost'; readonly failure: Failure };

/** Sent by the call: what is talked about now. */
export type RecogniserCommand = { readonly type: 'recogniser.expect'; readonly topic: string };

const MAX_TRIES = 3;
const TIMED_OUT: Failure = {
  code: 'timeout',
  message: 'the recogniser did not open within recognitionConnect',
  retryable: true,
};
const CRASHED: Failure = { code: 'unavailable', message: 'the recogniser connection crashed', retryable: true };

const recogniser = setup({
  types: {} as {
    context: RecogniserContext;
    events: CallerEvent | ConnectionEvent | RecogniserCommand;
    input: RecogniserInput;
  },
  actors: {
    connection: fromCallback<RecogniserCommand, { topic: string }>(() => {
      throw new Error("the recogniser's connection is not connected: use connectCall()");
    }),
  },
  delays: {
    'connect timeout': ({ context }) => context.connectTimeout,
    // Also a connection that was open, and so has no failed tries behind it, is opened again after one pause.
    'reconnect pause': ({ context }) => context.reconnectPause * 2 ** Math.max(0, context.tries - 1),
  },
  guards: {
    'may try again': ({ context }, { failure }: { failure: Failure }) => failure.retryable && context.tries < MAX_TRIES,
  },
  actions: {
    'pass on': sendParent(({ event }) => event),
    'keep the topic': assign({
      topic: ({ context, event }) => (event.type === 'recogniser.expect' ? event.topic : context.topic),
    }),
    'tell the connection': enqueueActions(({ event, enqueue }) => {
      if (event.type === 'recogniser.expect') enqueue.sendTo('connection', event);
    }),
    'count the try': assign({ tries: ({ context }) => context.tries + 1 }),
    'forget the tries': assign({ tries: 0 }),
    'keep the failure': assign({ failure: (_, { failure }: { failure: Failure }) => failure }),
    'tell that it is live': sendParent({ type: 'recognition.live' }),
    'tell that it is lost': sendParent(({ context }) => ({ type: 'recognition.lost', failure: context.failure })),
    'tell that it failed': sendParent(({ context }) => ({ type: 'recognition.failed', failure: context.failure })),
  },
});

/** Where a lost connection leads: another try, or the end of trying. */
const lost = (failure: Failure) =>
  [
    {
      guard: { type: 'may try again', params: { failure } },
      target: '#recogniser.pausing',
      actions: { type: 'keep the failure', params: { failure } },
    },
    { target: '#recogniser.failed', actions: { type: 'keep the failure', params: { failure } } },
  ] as const;

/**
 * Keeps one recogniser listening for the whole call: connects, passes the caller's words on, and reconnects when the
 * connection is lost. Audio never comes here; the connection child takes it from the call's buffer.
 */
export const recogniserMachine = recogniser.createMachine({
  id: 'recogniser',
  context: ({ input }) => ({ ...input, tries: 0, failure: TIMED_OUT }),
  initial: 'connected',
  on: { 'recogniser.expect': { actions: 'keep the topic' } },
  states: {
    connected: {
      entry: 'count the try',
      invoke: {
        id: 'connection',
        src: 'connection',
        input: ({ context }) => ({ topic: context.topic }),
        onError: [...lost(CRASHED)],
      },
      on: {
        'connection.lost': [
          {
            guard: { type: 'may try again', params: ({ event }) => ({ failure: event.failure }) },
            target: 'pausing',
            actions: { type: 'keep the failure', params: ({ event }) => ({ failure: event.failure }) },
          },
          {
            target: 'failed',
            actions: { type: 'keep the failure', params: ({ event }) => ({ failure: event.failure }) },
          },
        ],
        'recogniser.expect': { actions: ['keep the topic', 'tell the connection'] },
        // Also while opening: audio kept meanwhile may be answered before the connection says that it is open.
        'caller.speechStarted': { actions: 'pass on' },
        'caller.interim': { actions: 'pass on' },
        'caller.eagerEndOfTurn': { actions: 'pass on' },
        'caller.turnResumed': { actions: 'pass on' },
        'caller.endOfTurn': { actions: 'pass on' },
      },
      initial: 'opening',
      states: {
        opening: {
          on: { 'connection.opened': 'listening' },
          after: { 'connect timeout': [...lost(TIMED_OUT)] },
        },
        listening: {
          entry: ['forget the tries', 'tell that it is live'],
        },
      },
    },
    pausing: {
      entry: 'tell that it is lost',
      after: { 'reconnect pause': 'connected' },
    },
    failed: { entry: 'tell that it failed' },
  },
});

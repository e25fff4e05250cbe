import { describe, expect, it } from '@jest/globals';
import { type AnyActorRef, type AnyEventObject, createActor, createMachine, fromCallback } from 'xstate';
import type { Failure } from '../../../machines/call/events.ts';
import { type RecogniserCommand, recogniserMachine } from '../../../machines/recogniser/machine.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const NETWORK: Failure = { code: 'network', message: 'reset', retryable: true };
const CRASHED: Failure = { code: 'unavailable', message: 'the recogniser connection crashed', retryable: true };
const TIMED_OUT: Failure = {
  code: 'timeout',
  message: 'the recogniser did not open within recognitionConnect',
  retryable: true,
};

/** The recogniser chart under a parent; each connection is lost at once, breaks as it starts, or never opens. */
function recogniserWith(...connections: ('hangs' | 'crashes' | Failure)[]) {
  const told: AnyEventObject[] = [];
  const topics: string[] = [];
  const clock = new VirtualClock();
  const connection = fromCallback<RecogniserCommand, { topic: string }>(({ input, sendBack }) => {
    topics.push(input.topic);
    const fate = connections[topics.length - 1] ?? 'hangs';
    if (fate === 'crashes') throw new Error('a bug');
    if (fate !== 'hangs') sendBack({ type: 'connection.lost', failure: fate });
  });
  const parent = createMachine({
    invoke: {
      id: 'recogniser',
      src: recogniserMachine.provide({ actors: { connection } }),
      input: { topic: 'opening', connectTimeout: 5000, reconnectPause: 500 },
    },
    on: { '*': { actions: ({ event }) => told.push(event) } },
  });
  const actor = createActor(parent, { clock }).start();
  const child = (): AnyActorRef => {
    const recogniser: AnyActorRef | undefined = actor.getSnapshot().children.recogniser;
    if (!recogniser) throw new Error('the recogniser is gone');
    return recogniser;
  };
  return { told, topics, clock, child };
}

const lost = (failure: Failure) => ({ type: 'recognition.lost', failure });
const failed = (failure: Failure) => ({ type: 'recognition.failed', failure });

describe('a recogniser', () => {
  it.each([
    ['that breaks as it starts', 'crashes', CRASHED, [0, 500, 1500]],
    ['that never opens', 'hangs', TIMED_OUT, [5000, 10_500, 16_500]],
    ['whose connection is lost', NETWORK, NETWORK, [0, 500, 1500]],
  ] as const)('%s is tried three times, after 0.5 s and 1 s, and then given up', (_, fate, failure, moments) => {
    const { told, clock } = recogniserWith(fate, fate, fate);
    const seen = moments.map((moment) => {
      clock.advance(Math.max(0, moment - 1 - clock.now));
      const before = told.length;
      clock.advance(moment - clock.now);
      return [before, told.at(-1)];
    });
    expect(seen).toEqual([
      [moments[0] === 0 ? 1 : 0, lost(failure)],
      [1, lost(failure)],
      [2, failed(failure)],
    ]);
    clock.advance(60_000);
    expect([told.length, clock.pending]).toEqual([3, 0]);
  });

  it('says why it was lost this time, not the last time', () => {
    const { told, clock } = recogniserWith('crashes', 'hangs', NETWORK);
    clock.advance(500);
    clock.advance(5000);
    clock.advance(1000);
    expect(told).toEqual([lost(CRASHED), lost(TIMED_OUT), failed(NETWORK)]);
  });

  it.each([
    ['did not open', 'hangs', TIMED_OUT],
    ['broke', 'crashes', CRASHED],
  ] as const)('says why it was given up, also when only the last try %s', (_, fate, failure) => {
    const { told, clock } = recogniserWith(NETWORK, NETWORK, fate);
    clock.advance(500);
    clock.advance(1000);
    clock.advance(5000);
    expect(told).toEqual([lost(NETWORK), lost(NETWORK), failed(failure)]);
  });

  it('learns also between two connections what is talked about', () => {
    const { topics, child, clock } = recogniserWith(NETWORK);
    child().send({ type: 'recogniser.expect', topic: 'date' });
    clock.advance(500);
    expect(topics).toEqual(['opening', 'date']);
  });
});

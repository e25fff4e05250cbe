import { describe, expect, it } from '@jest/globals';
import { type AnyEventObject, createActor, createMachine } from 'xstate';
import type { Failure } from '../../../machines/call/events.ts';
import type { CallerAudio, SpeechToText, SpeechToTextOptions } from '../../../machines/call/ports.ts';
import { connectionActor } from '../../../machines/recogniser/actors/connection.ts';
import { recogniserMachine } from '../../../machines/recogniser/machine.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const settle = () => new Promise(setImmediate);
const network: Failure = { code: 'network', message: 'reset', retryable: true };

/** The recogniser chart under a parent, with a vendor that answers each opening as told. */
function recogniserWith(...answers: ('opens' | 'hangs' | Failure)[]) {
  const told: AnyEventObject[] = [];
  const clock = new VirtualClock();
  const openings: SpeechToTextOptions[] = [];
  const topics: string[] = [];
  let attached = 0;
  const vendor: SpeechToText = {
    open: (options) => {
      openings.push(options);
      const answer = answers[openings.length - 1] ?? 'opens';
      if (answer === 'hangs') return new Promise(() => {});
      if (answer !== 'opens') return Promise.reject(Object.assign(new Error(answer.message), answer));
      return Promise.resolve({ write: () => {}, expect: (topic) => topics.push(topic) });
    },
  };
  const audio: CallerAudio = {
    attach: () => {
      attached++;
      return () => attached--;
    },
  };
  const parent = createMachine({
    invoke: {
      id: 'recogniser',
      src: recogniserMachine.provide({
        actors: {
          connection: connectionActor(
            () => vendor,
            () => audio,
          ),
        },
      }),
      input: { topic: 'opening', connectTimeout: 5000, reconnectPause: 500 },
    },
    on: { '*': { actions: ({ event }) => told.push(event) } },
  });
  const actor = createActor(parent, { clock }).start();
  return {
    told,
    clock,
    openings,
    topics,
    actor,
    attached: () => attached,
    expect: (topic: string) => actor.getSnapshot().children.recogniser?.send({ type: 'recogniser.expect', topic }),
  };
}

describe('the recogniser', () => {
  it('connects, takes the audio, and passes the five words on', async () => {
    const { told, openings, attached } = recogniserWith('opens');
    await settle();
    expect(told).toEqual([{ type: 'recognition.live' }]);
    expect(attached()).toBe(1);
    openings[0]?.on({ type: 'caller.speechStarted' });
    openings[0]?.on({ type: 'caller.interim', text: 'hello' });
    openings[0]?.on({ type: 'caller.eagerEndOfTurn', text: 'hello' });
    openings[0]?.on({ type: 'caller.turnResumed' });
    openings[0]?.on({ type: 'caller.endOfTurn', text: 'hello there', confidence: 1, words: [] });
    expect(told.slice(1).map(({ type }) => type)).toEqual([
      'caller.speechStarted',
      'caller.interim',
      'caller.eagerEndOfTurn',
      'caller.turnResumed',
      'caller.endOfTurn',
    ]);
  });

  it('loses no word of the audio that was kept while it connected', async () => {
    const told: AnyEventObject[] = [];
    const vendor: SpeechToText = {
      open: async ({ on }) => ({ write: () => on({ type: 'caller.speechStarted' }), expect: () => {} }),
    };
    const audio: CallerAudio = {
      attach: (sink) => {
        sink(new Uint8Array(160));
        return () => {};
      },
    };
    const parent = createMachine({
      invoke: {
        id: 'recogniser',
        src: recogniserMachine.provide({
          actors: {
            connection: connectionActor(
              () => vendor,
              () => audio,
            ),
          },
        }),
        input: { topic: 'opening', connectTimeout: 5000, reconnectPause: 500 },
      },
      on: { '*': { actions: ({ event }) => told.push(event) } },
    });
    const actor = createActor(parent, { clock: new VirtualClock() }).start();
    await settle();
    actor.stop();
    expect(told).toEqual([{ type: 'caller.speechStarted' }, { type: 'recognition.live' }]);
  });

  it('reconnects with a growing pause, keeps the topic, and gives up after three tries', async () => {
    const { told, clock, openings, topics, expect: topic } = recogniserWith('opens', network, network, network);
    await settle();
    topic('date');
    expect(topics).toEqual(['date']);
    openings[0]?.onLost(network);
    expect(told.at(-1)).toEqual({ type: 'recognition.lost', failure: network });
    expect(openings[0]?.signal.aborted).toBe(true);
    clock.advance(499);
    expect(openings).toHaveLength(1);
    clock.advance(1);
    expect(openings[1]?.topic).toBe('date');
    await settle();
    clock.advance(499);
    expect(openings).toHaveLength(2);
    clock.advance(1);
    await settle();
    expect(openings).toHaveLength(3);
    clock.advance(999);
    expect(openings).toHaveLength(3);
    clock.advance(1);
    await settle();
    expect(told.at(-1)).toEqual({ type: 'recognition.failed', failure: network });
    clock.advance(60_000);
    expect([openings.length, clock.pending]).toEqual([4, 0]);
  });

  it('does not try again what cannot succeed', async () => {
    const auth: Failure = { code: 'auth', message: 'wrong key', retryable: false };
    const { told } = recogniserWith(auth);
    await settle();
    expect(told).toEqual([{ type: 'recognition.failed', failure: auth }]);
  });

  it('gives an opening 5 s', () => {
    const { told, clock, openings } = recogniserWith('hangs', 'hangs');
    clock.advance(5000);
    expect(openings[0]?.signal.aborted).toBe(true);
    expect(told).toEqual([
      {
        type: 'recognition.lost',
        failure: { code: 'timeout', message: 'the recogniser did not open within recognitionConnect', retryable: true },
      },
    ]);
  });

  it('lets go of the audio and the session when the call ends, and passes nothing on after it', async () => {
    const { told, openings, attached, actor } = recogniserWith('opens');
    await settle();
    actor.stop();
    expect(attached()).toBe(0);
    expect(openings[0]?.signal.aborted).toBe(true);
    openings[0]?.on({ type: 'caller.speechStarted' });
    expect(told).toEqual([{ type: 'recognition.live' }]);
  });
});

import { afterEach, expect, it } from '@jest/globals';
import { createAudioDecoder } from '../../../../services/text-to-speech/deepgram-aura/audio-decoder.ts';
import type { ConnectionPool } from '../../../../services/text-to-speech/deepgram-aura/connection-pool.ts';
import { AuraVoiceStream } from '../../../../services/text-to-speech/deepgram-aura/voice-stream.ts';
import { recordVoice } from '../../../contract/recorded-voice.ts';

/** Connections that only note what becomes of them. */
function notingPool(order: string[]): ConnectionPool {
  const connection = {
    isOpen: true,
    flushesLeft: 20,
    charactersLeft: 2000,
    msUntilRoom: () => 0,
    speak: (text: string) => order.push(`speaks ${text}`),
  };
  return {
    lease: () => {
      order.push('leased');
      return connection;
    },
    recycle: () => order.push('recycled'),
    release: () => order.push('released'),
  } as unknown as ConnectionPool;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const turns: AbortController[] = [];
afterEach(() => {
  for (const turn of turns.splice(0)) turn.abort();
});

function open(order: string[]) {
  const controller = new AbortController();
  turns.push(controller);
  const stream = new AuraVoiceStream({
    pool: notingPool(order),
    decoder: createAudioDecoder('mulaw'),
    stallMs: 1000,
    sink: recordVoice().sink,
    signal: controller.signal,
  });
  return { controller, stream };
}

it('a turn leases its connection behind everything else that happens in the same step', async () => {
  const order: string[] = [];
  open(order);
  order.push('the model was asked');
  await settled();
  expect(order).toEqual(['the model was asked', 'leased']);
});

it('a turn that speaks at once leases it then', async () => {
  const order: string[] = [];
  open(order).stream.say(0, 'Good evening.');
  await settled();
  expect(order).toEqual(['leased', 'speaks Good evening.']);
});

it('a voice that is cut tells the vendor behind everything else that happens in the same step', async () => {
  const order: string[] = [];
  const { stream, controller } = open(order);
  stream.say(0, 'Good evening.');
  await settled();
  controller.abort();
  order.push('the carrier was told to be silent');
  await settled();
  expect(order.slice(2)).toEqual(['the carrier was told to be silent', 'recycled']);
});

it('a voice that is silenced before it spoke gives its connection back at once, for whoever speaks next', async () => {
  const order: string[] = [];
  const { controller } = open(order);
  await settled();
  controller.abort();
  expect(order).toEqual(['leased', 'released']);
});

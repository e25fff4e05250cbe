import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocketServer } from 'ws';
import type { RequestFault } from '../../../../emulators/deepgram/request-faults.ts';
import type { SpeakFault } from '../../../../emulators/deepgram/speak/faults.ts';
import { createAuraTextToSpeech } from '../../../../services/text-to-speech/deepgram-aura/text-to-speech.ts';
import { recordVoice } from '../../../contract/recorded-voice.ts';
import { API_KEY, type EmulatedAura, emulatedAura } from './emulated-aura.ts';

let emulated: EmulatedAura | undefined;
afterEach(() => emulated?.close());

async function speakOne({ textToSpeech }: Pick<EmulatedAura, 'textToSpeech'>) {
  const recorded = recordVoice();
  const stream = textToSpeech.open(recorded.sink, new AbortController().signal);
  stream.say(0, 'Good evening.');
  stream.end();
  await recorded.done;
  return recorded;
}

describe('a handshake that fails', () => {
  it.each<[RequestFault, number, object]>([
    [
      'unauthorised',
      1,
      {
        code: 'auth',
        message: 'Deepgram refused the key (HTTP 401, INVALID_AUTH): check DEEPGRAM_API_KEY',
        retryable: false,
      },
    ],
    [
      'rate limit',
      2,
      {
        code: 'rate-limit',
        message: 'too many connections to Deepgram (HTTP 429, TOO_MANY_REQUESTS)',
        retryable: true,
      },
    ],
    [
      'server error',
      2,
      {
        code: 'unavailable',
        message: 'Deepgram cannot serve the connection (HTTP 500, INTERNAL_SERVER_ERROR)',
        retryable: true,
      },
    ],
    ['disconnect', 2, { code: 'network', message: 'no connection to Deepgram (ECONNRESET)', retryable: true }],
    ['hang', 1, { code: 'timeout', message: 'Deepgram did not answer the handshake in time', retryable: true }],
  ])('(%s, %i in a row) is told with its reason', async (fault, times, failure) => {
    emulated = await emulatedAura({ aura: { openTimeoutMs: 200 } });
    emulated.server.inject(fault, times);
    const recorded = await speakOne(emulated);
    expect(recorded.events).toEqual([`failed ${recorded.failure?.code}`]);
    expect(recorded.failure).toEqual(failure);
    expect((await speakOne(emulated)).events).toEqual(['audio 0', 'sentenceEnd 0', 'finished']);
  });

  it.each<RequestFault>(['rate limit', 'server error', 'disconnect'])('(%s) once is tried again', async (fault) => {
    emulated = await emulatedAura();
    emulated.server.inject(fault);
    expect((await speakOne(emulated)).events).toEqual(['audio 0', 'sentenceEnd 0', 'finished']);
    expect(emulated.textToSpeech.connections).toBe(1);
  });

  it('(a wrong key) is told without the key', async () => {
    emulated = await emulatedAura({ aura: { apiKey: `${API_KEY}-wrong` } });
    const { failure } = await speakOne(emulated);
    expect(failure?.code).toBe('auth');
    expect(JSON.stringify(failure)).not.toContain(API_KEY);
  });

  it('(an unknown voice) names the voice', async () => {
    emulated = await emulatedAura({ aura: { voice: 'aura-2-nobody-en' } });
    expect((await speakOne(emulated)).failure).toEqual({
      code: 'bad-request',
      message:
        'Deepgram refused the connection (HTTP 400, INVALID_QUERY_PARAMETER): check the voice "aura-2-nobody-en"',
      retryable: false,
    });
  });

  it('(nobody there) is told, and a turn that only waited for its text hears of it', async () => {
    emulated = await emulatedAura();
    await emulated.server.close();
    const textToSpeech = createAuraTextToSpeech({ apiKey: API_KEY, baseUrl: emulated.server.baseUrl });
    const recorded = recordVoice();
    textToSpeech.open(recorded.sink, new AbortController().signal);
    await recorded.done;
    expect(recorded.failure?.message).toBe('no connection to Deepgram (ECONNREFUSED)');
    await textToSpeech.close();
    emulated = undefined;
  });
});

describe('a sentence that breaks in the middle', () => {
  it.each<[string, SpeakFault, string, string]>([
    ['an error of theirs', { type: 'close', reason: 'internal' }, 'unavailable', 'gave up the connection (NET-0000)'],
    ['too much text', { type: 'close', reason: 'throughput' }, 'rate-limit', 'characters per minute (DATA-0001)'],
    ['a long text', { type: 'close', reason: 'textTooLong' }, 'bad-request', 'refused a message (BIG-0001)'],
    ['a polite close', { type: 'close', reason: 'normal' }, 'unavailable', 'closed the connection (WebSocket 1000)'],
    ['a cut line', { type: 'break' }, 'network', 'the connection to Deepgram broke (WebSocket 1006)'],
    ['no JSON', { type: 'malformed' }, 'protocol', 'a message that cannot be read'],
    ['silence', { type: 'stall' }, 'timeout', 'no audio came for 200 ms'],
  ])('by %s fails once, after the audio that came', async (_name, fault, code, message) => {
    emulated = await emulatedAura({ aura: { stallMs: 200 }, speak: { pace: { speed: 1000 } } });
    emulated.speak.inject(fault);
    const recorded = await speakOne(emulated);
    expect(recorded.events).toEqual(['audio 0', `failed ${code}`]);
    expect(recorded.failure?.message).toContain(message);
    expect((await speakOne(emulated)).events).toEqual(['audio 0', 'sentenceEnd 0', 'finished']);
  });

  it('fails when not even its first byte comes', async () => {
    emulated = await emulatedAura({ aura: { stallMs: 50 } });
    emulated.speak.inject({ type: 'slow first byte', ms: 60_000 });
    expect((await speakOne(emulated)).events).toEqual(['failed timeout']);
  });

  it('fails at once on a fresh connection that breaks before any audio', async () => {
    emulated = await emulatedAura({ speak: { speech: () => Promise.reject(new Error('no voice today')) } });
    expect((await speakOne(emulated)).events).toEqual(['failed unavailable']);
    expect(emulated.server.requests).toHaveLength(1);
  });
});

it('a peer that answers no ping is given up', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const textToSpeech = createAuraTextToSpeech({ apiKey: API_KEY, baseUrl: `http://127.0.0.1:${port}`, pingMs: 30 });
  const recorded = await speakOne({ textToSpeech: textToSpeech });
  expect(recorded.events).toEqual(['failed network']);
  await textToSpeech.close();
  await new Promise((resolve) => server.close(resolve));
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { SimulatedClock } from 'xstate';
import { encodeMulaw } from '../../../../codecs/g711/mulaw.ts';
import { bytesFromPcm } from '../../../../codecs/pcm16.ts';
import { createDeepgramServer, type DeepgramServer } from '../../../../emulators/deepgram/server.ts';
import {
  createSpeakEndpoint,
  type SpeakEndpoint,
  type SpeakEndpointOptions,
} from '../../../../emulators/deepgram/speak/endpoint.ts';
import type { SpeakFault } from '../../../../emulators/deepgram/speak/faults.ts';
import { tones } from '../../../../emulators/deepgram/speak/speech-source.ts';
import { RawClient } from './raw-client.ts';

let server: DeepgramServer;
let speak: SpeakEndpoint;
afterEach(() => server.close());

const MULAW = '?encoding=mulaw&sample_rate=8000';
const FLUSH = { type: 'Flush' };
const say = (text: string) => ({ type: 'Speak', text });

/** The emulator, and a client whose socket is open. */
async function connect(query = MULAW, options: SpeakEndpointOptions = { pace: { speed: 1000 } }): Promise<RawClient> {
  speak = createSpeakEndpoint(options);
  server = await createDeepgramServer({ apiKey: 'test-key', endpoints: [speak] });
  const client = new RawClient(server, query);
  await client.until('Metadata');
  return client;
}

describe('the speak socket', () => {
  it('begins with Metadata, and names the voice', async () => {
    const { heard } = await connect(`${MULAW}&model=aura-2-orion-en`);
    expect(heard).toEqual([
      {
        type: 'Metadata',
        request_id: expect.any(String),
        model_name: 'aura-2-orion-en',
        model_version: expect.any(String),
        model_uuid: expect.any(String),
      },
    ]);
  });

  it('speaks what was gathered, verbatim, at a flush and not before, and ends it with Flushed', async () => {
    const client = await connect();
    client.send(say('Good '), say('evening.'), FLUSH, say('And this.'), FLUSH);
    await client.until('Flushed', 2);
    expect(client.heard.slice(1)).toEqual([
      { type: 'audio' },
      { type: 'Flushed', sequence_id: 0 },
      { type: 'audio' },
      { type: 'Flushed', sequence_id: 1 },
    ]);
    const expected = ['Good evening.', 'And this.'].map((text) => encodeMulaw(tones(text, 8000) as Int16Array));
    expect(client.audio).toEqual(new Uint8Array(Buffer.concat(expected)));
    expect(client.audio.length).toBe((13 + 9) * 60 * 8);
  });

  it('speaks linear16 at 24 kHz when nothing else is asked for, in frames that tear samples apart', async () => {
    const client = await connect('');
    client.send(say('Good evening.'), FLUSH);
    await client.until('Flushed');
    expect(client.audio).toEqual(bytesFromPcm((await tones('Good evening.', 24_000)) as Int16Array));
    expect(client.frames.some((bytes) => bytes % 2 === 1)).toBe(true);
  });

  it('cuts frames the same for the same seed', async () => {
    const frames: (readonly number[])[] = [];
    for (const seed of [5, 5, 6]) {
      const client = await connect(MULAW, { pace: { speed: 1000, seed } });
      client.send(say('Good evening, and welcome.'), FLUSH);
      await client.until('Flushed');
      frames.push(client.frames);
      await server.close();
    }
    expect(frames[1]).toEqual(frames[0]);
    expect(frames[2]).not.toEqual(frames[0]);
    server = await createDeepgramServer({ apiKey: 'test-key', endpoints: [] });
  });

  it('drops what was cleared: late frames, Cleared, and no Flushed', async () => {
    const client = await connect(MULAW, { pace: { speed: 1, frameBytes: [400, 400] } });
    speak.inject({ type: 'late audio', frames: 3 });
    client.send(say('A long sentence.'), FLUSH, say('One that waits.'), FLUSH, say('Never flushed.'));
    await client.until('audio');
    client.send({ type: 'Clear' });
    await client.until('Cleared');
    expect(client.types).toEqual(['Metadata', 'audio', 'Cleared']);
    expect(client.frames.slice(-3)).toEqual([160, 160, 160]);
    client.send(say('Ok.'), FLUSH);
    await client.until('Flushed');
    expect(client.types).toEqual(['Metadata', 'audio', 'Cleared', 'audio', 'Flushed']);
    expect(client.audio.subarray(-3 * 480)).toEqual(encodeMulaw(tones('Ok.', 8000) as Int16Array));
  });

  it('ignores the twenty-first flush of a minute, with a warning', async () => {
    const client = await connect();
    for (let flush = 0; flush < 21; flush += 1) client.send(say('A'), FLUSH);
    await client.until('Flushed', 20);
    expect(client.types.filter((type) => type === 'Flushed')).toHaveLength(20);
    expect(await client.until('Warning')).toEqual({
      type: 'Warning',
      description: 'Flush was ignored: more than 20 in 60 seconds.',
      code: 'EXCESSIVE_FLUSH',
    });
  });

  it.each<[string, readonly (object | string | Buffer)[], number, string]>([
    ['a text of 2,001 characters', [say('a'.repeat(2001))], 1009, 'BIG-0001'],
    ['2,401 characters in a minute', [say('a'.repeat(2000)), say('a'.repeat(401))], 1008, 'DATA-0001'],
    ['an unknown command', [{ type: 'KeepAlive' }], 1008, 'DATA-0000'],
    ['an unknown field', [{ type: 'Flush', now: true }], 1008, 'DATA-0000'],
    ['no JSON', ['Good evening.'], 1008, 'DATA-0000'],
    ['binary', [Buffer.from('{"type":"Flush"}')], 1003, 'MESSAGE-0000'],
  ])('is closed over %s', async (_name, messages, code, reason) => {
    const client = await connect();
    client.send(...messages);
    expect(await client.until('closed')).toEqual({ type: 'closed', code, reason: expect.stringContaining(reason) });
  });

  it('is closed after an hour', async () => {
    const clock = new SimulatedClock();
    const client = await connect(MULAW, { clock });
    clock.increment(3_600_000);
    expect(await client.until('closed')).toMatchObject({ code: 1011, reason: expect.stringContaining('NET-0003') });
  });

  it.each<[boolean, readonly string[]]>([
    [true, ['Metadata', 'audio', 'Flushed', 'closed']],
    [false, ['Metadata', 'audio', 'closed']],
  ])('closes with 1000 when asked to (finishes first: %s)', async (drainsOnClose, types) => {
    const client = await connect(MULAW, { drainsOnClose, pace: { speed: 20 } });
    client.send(say('A long sentence, said before the end.'), FLUSH);
    await client.until('audio');
    client.send({ type: 'Close' });
    expect(await client.until('closed')).toEqual({ type: 'closed', code: 1000, reason: '' });
    expect(client.types).toEqual(types);
  });

  it('waits for its first byte as long as it is told', async () => {
    const clock = new SimulatedClock();
    const client = await connect(MULAW, { clock, pace: { frameBytes: [9000, 9000] } });
    speak.inject({ type: 'slow first byte', ms: 700 });
    client.send(say('Ok.'), FLUSH, say('Said while the first waits.'));
    // The emulator has taken the flush once it has taken what was sent after it.
    while (speak.messages.length < 3) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    clock.increment(699);
    await new Promise((resolve) => setImmediate(resolve));
    expect(client.types).toEqual(['Metadata']);
    clock.increment(1);
    await client.until('audio');
  });
});

describe('a fault', () => {
  it.each<[string, SpeakFault, object]>([
    ['close', { type: 'close', reason: 'internal' }, { type: 'closed', code: 1011 }],
    ['break', { type: 'break' }, { type: 'closed', code: 1006 }],
    ['malformed', { type: 'malformed' }, { type: 'garbage', text: '{"type":"Flushed",' }],
  ])('(%s) comes after half of the audio', async (_name, fault, end) => {
    const client = await connect();
    speak.inject(fault);
    client.send(say('Good evening.'), FLUSH);
    const { type } = end as { type: string };
    expect(await client.until(type)).toMatchObject(end);
    expect(client.audio.length).toBe((13 * 60 * 8) / 2);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import type { PhoneCall } from '../../../emulators/twilio/phone-call.ts';
import { placeCall } from '../../../emulators/twilio/place-call.ts';
import { type ConnectedCall, connectCall } from '../../support/connected-call.ts';
import { connectTwiml, type ScriptedServer, startScriptedServer } from '../../support/scripted-server.ts';

const authToken = '12345678901234567890123456789012';
const LOUD = 0x90;
const sound = (ms: number, value = LOUD) => new Uint8Array(ms * 8).fill(value);
let server: ScriptedServer;

async function connect(...options: Parameters<typeof connectCall>): Promise<ConnectedCall> {
  const connected = await connectCall(...options);
  server = connected.server;
  return connected;
}

afterEach(() => server.close());

describe('the media stream', () => {
  it('opens with a signed upgrade, connected, start and media, typed as on the wire', async () => {
    const { call, stream } = await connect(
      { authToken },
      { inside: '<Parameter name="token" value="t&amp;1"/><Parameter name="tenant" value="007"/>' },
    );
    await stream.received('media', 2);
    const streamSid = await stream.streamSid();
    expect(streamSid).toMatch(/^MZ[0-9a-f]{32}$/);
    expect(stream.messages.slice(0, 3)).toEqual([
      { event: 'connected', protocol: 'Call', version: '1.0.0' },
      {
        event: 'start',
        sequenceNumber: '1',
        streamSid,
        start: {
          accountSid: call.facts.accountSid,
          callSid: call.callSid,
          streamSid,
          tracks: ['inbound'],
          mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
          customParameters: { token: 't&1', tenant: '007' },
        },
      },
      {
        event: 'media',
        sequenceNumber: '2',
        streamSid,
        media: { track: 'inbound', chunk: '1', timestamp: '20', payload: Buffer.alloc(160, 0xff).toString('base64') },
      },
    ]);
    const signature = String(stream.headers['x-twilio-signature']);
    expect(twilio.validateRequest(authToken, signature, `ws://${server.host}/media`, {})).toBe(true);
    await call.hangUp();
  });

  it('of a public address is dialled where the server really is, signed for wss', async () => {
    server = await startScriptedServer({ '/voice': connectTwiml('voice.example.com').replace('ws:', 'wss:') });
    const publicOrigin = 'https://voice.example.com';
    const call = await placeCall({ url: `${server.origin}/voice`, publicOrigin, authToken });
    const stream = await server.stream();
    await stream.received('media');
    const signature = String(stream.headers['x-twilio-signature']);
    expect(twilio.validateRequest(authToken, signature, 'wss://voice.example.com/media', {})).toBe(true);
    await call.hangUp();
  });

  it('sends a frame every 20 ms and does not drift', async () => {
    const { call, stream } = await connect();
    const startedAt = performance.now();
    await stream.received('media', 40);
    const elapsed = performance.now() - startedAt;
    expect(elapsed).toBeGreaterThan(700);
    expect(elapsed).toBeLessThan(3000);
    await call.hangUp();
    const numbers = stream.messages.slice(1).map((message) => Number(message.sequenceNumber));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it('sends what the caller says, then silence', async () => {
    const { call, stream } = await connect();
    const saying = call.sendAudio(Uint8Array.from({ length: 200 }, (_, index) => index));
    await expect(saying).resolves.toBe('sent');
    await call.next('callerSilent');
    await call.hangUp();
    const audio = Buffer.concat(
      stream.of('media').map(({ media }) => Buffer.from((media as { payload: string }).payload, 'base64')),
    );
    const begin = audio.indexOf(0);
    expect([...audio.subarray(begin, begin + 201)]).toEqual([
      ...Array.from({ length: 200 }, (_, index) => index),
      0xff,
    ]);
  });

  it('returns a mark when the sound before it was played, and times what the caller heard', async () => {
    const { call, stream } = await connect();
    await stream.mark('nothing before');
    await call.waitFor('mark');
    await stream.play(sound(200));
    await stream.mark('half');
    await stream.play(sound(100));
    await stream.mark('whole');
    await call.next('agentSilent');
    expect(stream.of('mark').map(({ mark }) => mark)).toEqual([
      { name: 'nothing before' },
      { name: 'half' },
      { name: 'whole' },
    ]);
    const [began, half, whole, silent] = times(call, ['agentAudio', 'mark half', 'mark whole', 'agentSilent']);
    expect([half - began, whole - began, silent - began]).toEqual([close(200), close(300), close(300)]);
    await call.hangUp();
  });

  it('a clear silences the agent and returns the pending marks at once', async () => {
    const { call, stream } = await connect();
    await stream.play(sound(100));
    await stream.mark('played');
    await stream.play(sound(60_000));
    await stream.mark('a');
    await stream.mark('b');
    await stream.received('mark', 1);
    await stream.send({ event: 'clear' });
    await stream.received('mark', 3);
    await call.waitFor('agentSilent');
    await stream.mark('after');
    await stream.received('mark', 4);
    expect(stream.of('mark').map(({ mark }) => (mark as { name: string }).name)).toEqual(['played', 'a', 'b', 'after']);
    expect(call.timeline.filter(({ event }) => event.type === 'mark').map(({ event }) => event)).toEqual([
      { type: 'mark', name: 'played', played: true },
      { type: 'mark', name: 'a', played: false },
      { type: 'mark', name: 'b', played: false },
      { type: 'mark', name: 'after', played: true },
    ]);
    const clear = await call.waitFor('clear');
    expect(clear.marks).toEqual(['a', 'b']);
    const [began, silent] = times(call, ['agentAudio', 'agentSilent']);
    expect(clear.droppedMs).toBeCloseTo(60_100 - (silent - began), 3);
    await call.hangUp();
    const agent = call.recording.render('agent');
    expect(agent.filter((byte) => byte === LOUD)).toHaveLength(Math.round((silent - began) * 8));
    expect(agent).toHaveLength(call.recording.render('caller').length);
  });

  it('ignores what Twilio ignores, says why, and streams on', async () => {
    const { call, stream } = await connect();
    const streamSid = await stream.streamSid();
    stream.socket.send('hello');
    stream.socket.send(Buffer.from([1, 2]));
    stream.socket.send(JSON.stringify({ event: 'media', streamSid: 'MZother', media: { payload: '' } }));
    stream.socket.send(JSON.stringify({ event: 'mark', streamSid, mark: { name: 'm', extra: 1 } }));
    await stream.mark('fine');
    await stream.received('mark');
    expect(call.warnings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      '31951 ignored a message of the server: not JSON: hello',
      '31950 ignored a message of the server: binary frame of 2 bytes; only text frames',
      `31951 ignored a message of the server: streamSid is 'MZother', expected '${streamSid}'`,
      expect.stringMatching(/^31951 .* mark: Unrecognized key: "extra" in /),
    ]);
    await call.hangUp();
  });

  it('sends keys in the caller track, audible on demand', async () => {
    const { call, stream } = await connect();
    await stream.streamSid();
    call.dtmf('5');
    call.dtmf('#', { audible: true });
    await stream.received('dtmf', 2);
    await call.next('callerSilent');
    expect(stream.of('dtmf')).toMatchObject([
      { dtmf: { track: 'inbound_track', digit: '5' } },
      { dtmf: { track: 'inbound_track', digit: '#' } },
    ]);
    expect(() => call.dtmf('x')).toThrow("'x' is no key of a telephone");
    const [began, silent] = times(call, ['callerAudio', 'callerSilent']);
    expect(silent - began).toBeCloseTo(100, 0);
    await call.hangUp();
  });
});

/** When the named things first happened (ms since the stream's start). */
function times(call: PhoneCall, names: readonly string[]): [number, number, number, number] {
  return names.map((name) => {
    const found = call.timeline.find(
      ({ event }) => name === (event.type === 'mark' ? `mark ${event.name}` : event.type),
    );
    return found?.atMs ?? Number.NaN;
  }) as [number, number, number, number];
}

/** To the sample: playback is computed, not measured. */
function close(ms: number): unknown {
  return expect.closeTo(ms, 3);
}

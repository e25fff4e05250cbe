import { afterEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import type { PhoneCall } from '../../../emulators/twilio/phone-call.ts';
import type { PhoneOptions } from '../../../emulators/twilio/phone-options.ts';
import { placeCall } from '../../../emulators/twilio/place-call.ts';
import {
  connectTwiml,
  type ScriptedServer,
  type SeenStream,
  startScriptedServer,
} from '../../support/scripted-server.ts';

const authToken = '12345678901234567890123456789012';
const LOUD = 0x90;
const sound = (ms: number, value = LOUD) => new Uint8Array(ms * 8).fill(value);
let server: ScriptedServer;

interface Connected {
  readonly call: PhoneCall;
  readonly stream: SeenStream;
}

async function connect(
  options: Partial<PhoneOptions> = {},
  twiml: Parameters<typeof connectTwiml>[1] = {},
): Promise<Connected> {
  server = await startScriptedServer({
    '/voice': () => connectTwiml(server.host, twiml),
    '/again': () => connectTwiml(server.host),
  });
  const call = await placeCall({ url: `${server.origin}/voice`, silenceMs: 60, ...options });
  return { call, stream: await server.stream() };
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

  it('gives up on a WebSocket protocol violation with 31924', async () => {
    const { call, stream } = await connect();
    await stream.streamSid();
    // A control frame (ping) that claims to be fragmented.
    (stream.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.from([0x09, 0x00]));
    await call.ended;
    expect(call.warnings.map(({ code }) => code)).toEqual([31924]);
  });

  it('on hang-up sends stop, closes, and only then reports the end of the call', async () => {
    const { call, stream } = await connectWithStatus();
    let closedBeforeStatus = false;
    stream.socket.on('close', () => {
      closedBeforeStatus = server.requestsTo('/status').length === 0;
    });
    await expect(call.hangUp()).resolves.toEqual({ type: 'ended', reason: 'caller hung up', status: 'completed' });
    expect(stream.messages.at(-1)).toMatchObject({
      event: 'stop',
      stop: { accountSid: call.facts.accountSid, callSid: call.callSid },
    });
    expect(closedBeforeStatus).toBe(true);
    expect(server.requestsTo('/status').map(({ parameters }) => parameters)).toEqual([
      expect.objectContaining({
        CallSid: call.callSid,
        CallStatus: 'completed',
        CallbackSource: 'call-progress-events',
        SequenceNumber: '0',
        Timestamp: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/),
      }),
    ]);
    expect(call.warnings).toEqual([]);
  });

  it('when the server closes, the next verb runs and 31921 is noted', async () => {
    const { call, stream } = await connect({}, { tail: '<Say>goodbye</Say><Hangup/>' });
    await stream.streamSid();
    stream.socket.close();
    await expect(call.ended).resolves.toMatchObject({ reason: 'hangup verb' });
    await expect(call.waitFor('say')).resolves.toEqual({ type: 'say', text: 'goodbye' });
    expect(call.warnings).toMatchObject([{ code: 31921, message: 'stream: the server closed the socket (code 1005)' }]);
    expect(stream.of('stop')).toEqual([]);
  });

  it('with an action, what it returns takes over: a second stream starts from one', async () => {
    const { call, stream } = await connect({}, { action: '/again', tail: '<Say>never</Say>' });
    await stream.received('media', 3);
    stream.socket.close();
    const second = await server.stream(1);
    await second.received('media', 1);
    expect(second.messages.slice(0, 3)).toMatchObject([
      { event: 'connected' },
      { event: 'start', sequenceNumber: '1', start: { callSid: call.callSid } },
      { event: 'media', sequenceNumber: '2', media: { chunk: '1', timestamp: '20' } },
    ]);
    expect(await second.streamSid()).not.toBe(await stream.streamSid());
    expect(server.requestsTo('/again')[0]?.parameters).toMatchObject({
      CallSid: call.callSid,
      CallStatus: 'in-progress',
    });
    second.socket.close();
    await expect(call.ended).resolves.toMatchObject({ reason: 'document ended' });
    expect(call.timeline.some(({ event }) => event.type === 'say')).toBe(false);
  });

  it('when the socket breaks, either side, the next verb runs and 31903 is noted', async () => {
    const { call, stream } = await connect({}, { tail: '<Say>we lost the line</Say>' });
    await stream.streamSid();
    stream.socket.terminate();
    await expect(call.ended).resolves.toMatchObject({ reason: 'document ended' });
    expect(call.warnings.map(({ code }) => code)).toEqual([31903]);
    await server.close();

    const again = await connect({}, { tail: '<Say>we lost the line</Say>' });
    await again.stream.streamSid();
    again.call.dropLine();
    await again.call.waitFor('say');
    await again.call.ended;
    expect(again.call.warnings.map(({ code }) => code)).toEqual([31903]);
    expect(again.stream.of('stop')).toEqual([]);
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

  it('reports the stream to its status callback', async () => {
    server = await startScriptedServer({
      '/voice': () =>
        `<Response><Connect><Stream url="ws://${server.host}/media" name="agent" statusCallback="/stream-status"/></Connect></Response>`,
      '/stream-status': '<Response/>',
    });
    const call = await placeCall({ url: `${server.origin}/voice` });
    const stream = await server.stream();
    const StreamSid = await stream.streamSid();
    await call.hangUp();
    const common = { AccountSid: call.facts.accountSid, CallSid: call.callSid, StreamSid, StreamName: 'agent' };
    const Timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(server.requestsTo('/stream-status').map(({ parameters }) => parameters)).toEqual([
      { ...common, StreamEvent: 'stream-started', Timestamp },
      { ...common, StreamEvent: 'stream-stopped', Timestamp },
    ]);
  });
});

async function connectWithStatus(): Promise<Connected> {
  server = await startScriptedServer({ '/voice': () => connectTwiml(server.host), '/status': '<Response/>' });
  const call = await placeCall({ url: `${server.origin}/voice`, statusCallback: { url: `${server.origin}/status` } });
  const stream = await server.stream();
  await stream.received('media', 2);
  return { call, stream };
}

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

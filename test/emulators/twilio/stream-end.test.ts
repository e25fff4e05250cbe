import { afterEach, describe, expect, it } from '@jest/globals';
import { type ConnectedCall, connectCall } from '../../support/connected-call.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';

let server: ScriptedServer;

async function connect(...options: Parameters<typeof connectCall>): Promise<ConnectedCall> {
  const connected = await connectCall(...options);
  server = connected.server;
  return connected;
}

afterEach(() => server.close());

describe('the end of a media stream', () => {
  it('gives up on a WebSocket protocol violation with 31924', async () => {
    const { call, stream } = await connect();
    await stream.streamSid();
    // A control frame (ping) that claims to be fragmented.
    (stream.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.from([0x09, 0x00]));
    await call.ended;
    expect(call.warnings.map(({ code }) => code)).toEqual([31924]);
  });

  it('on hang-up sends stop, closes, and only then reports the end of the call', async () => {
    const { call, stream } = await connect((origin) => ({ statusCallback: { url: `${origin}/status` } }));
    await stream.received('media');
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

  it('reports the stream to its status callback', async () => {
    const attributes = 'name="agent" statusCallback="/status"';
    const { call, stream } = await connect({}, { attributes });
    const StreamSid = await stream.streamSid();
    await call.hangUp();
    const common = { AccountSid: call.facts.accountSid, CallSid: call.callSid, StreamSid, StreamName: 'agent' };
    const Timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(server.requestsTo('/status').map(({ parameters }) => parameters)).toEqual([
      { ...common, StreamEvent: 'stream-started', Timestamp },
      { ...common, StreamEvent: 'stream-stopped', Timestamp },
    ]);
  });
});

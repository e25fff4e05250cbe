import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { WebSocket } from 'ws';
import { callSidOf, FakePhone, post, streamOf } from './fake-phone.ts';
import { allOver, type TestServer, testServer } from './test-server.ts';

let server: TestServer;
afterEach(() => server.stop());

const media = (): string => `${server.url.replace('http', 'ws')}/twilio/media`;
const announce = async (callSid: string): Promise<string> =>
  streamOf(await (await post(`${server.url}/twilio/voice`, { CallSid: callSid })).text()).token;
/** The HTTP status with which an upgrade is refused. */
const refusal = async (url: string, headers: Record<string, string> = {}): Promise<number | undefined> => {
  const [, response] = await once(new WebSocket(url, { headers }), 'unexpected-response');
  return response.statusCode;
};

describe('the media socket', () => {
  it('is at one path only', async () => {
    server = await testServer();
    expect(await refusal(`${server.url.replace('http', 'ws')}/elsewhere`)).toBe(404);
    expect(await refusal(`${media()}?token=x`)).toBe(404);
  });

  it('keeps no connection of a peer that was refused and does not close its half', async () => {
    server = await testServer();
    const { hostname, port } = new URL(server.url);
    const peer = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    // The server has gone away: that is what is waited for.
    const gone = new Promise((resolve) => peer.once('error', resolve));
    peer.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    peer.on('data', () => {});
    peer.on('end', function write() {
      peer.write('x', (error) => error || setImmediate(write));
    });
    await gone;
  });

  it('demands a signature over its wss URL as soon as there is an auth token', async () => {
    server = await testServer({ TWILIO_AUTH_TOKEN: 'an-auth-token', PUBLIC_URL: 'https://voice.example.com' });
    const signature = (url: string): Record<string, string> => ({
      'x-twilio-signature': getExpectedTwilioSignature('an-auth-token', url, {}),
    });
    expect(await refusal(media())).toBe(403);
    expect(await refusal(media(), signature('https://voice.example.com/twilio/media'))).toBe(403);
    const phone = await FakePhone.connect(media(), callSidOf(1), signature('wss://voice.example.com/twilio/media'));
    phone.start({});
    expect(await phone.closed).toBe(1008);
  });

  it.each([
    ['no token', 'missing', async () => ({})],
    ['a made-up token', 'forged', async () => ({ token: 'a.b.c' })],
    ['the token of another call', 'forged', async () => ({ token: await announce(callSidOf(2)) })],
  ])('refuses a stream with %s', async (_what, why, parameters) => {
    server = await testServer();
    const phone = await FakePhone.connect(media(), callSidOf(1));
    phone.start((await parameters()) as Record<string, string>);
    expect(await phone.closed).toBe(1008);
    expect(server.calls.live).toBe(0);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain(`callchart_refused_total{why="${why}"} 1`);
  });

  it('takes a token once, and one stream for each call', async () => {
    server = await testServer();
    const token = await announce(callSidOf(1));
    const phone = await FakePhone.connect(media(), callSidOf(1));
    phone.start({ token });
    await phone.spoken(1);
    for (const again of [token, await announce(callSidOf(1))]) {
      const second = await FakePhone.connect(media(), callSidOf(1));
      second.start({ token: again });
      expect(await second.closed).toBe(1008);
    }
    expect(server.calls.live).toBe(1);
    phone.hangUp();
    await phone.closed;
  });

  it('is closed when it says nothing', async () => {
    server = await testServer({}, { startTimeoutMs: 20 });
    const phone = await FakePhone.connect(media(), callSidOf(1));
    expect(await phone.closed).toBe(1008);
  });

  it('is given up when the line is dead', async () => {
    server = await testServer({}, { deadLineMs: 30 });
    const phone = await FakePhone.call(server.url, callSidOf(1));
    await phone.spoken(1);
    expect(await phone.closed).toBe(1006);
    await allOver(server);
    expect(server.calls.live).toBe(0);
  });

  it('is refused when somebody only opens sockets', async () => {
    server = await testServer({ MAX_CALLS: '1' });
    const idle = [await FakePhone.connect(media(), callSidOf(1)), await FakePhone.connect(media(), callSidOf(2))];
    expect(await refusal(media())).toBe(503);
    for (const phone of idle) phone.socket.terminate();
  });
});

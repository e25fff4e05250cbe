import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import type { PhoneFaults } from '../../../emulators/twilio/faults.ts';
import { placeCall } from '../../../emulators/twilio/place-call.ts';
import { connectTwiml, type ScriptedServer, startScriptedServer } from '../../support/scripted-server.ts';

const authToken = '12345678901234567890123456789012';
let server: ScriptedServer;

beforeEach(async () => {
  server = await startScriptedServer({ '/voice': () => connectTwiml(server.host, { tail: '<Say>tail</Say>' }) });
});

afterEach(() => server.close());

async function connect(faults: PhoneFaults) {
  const call = await placeCall({ url: `${server.origin}/voice`, authToken, faults });
  return { call, stream: await server.stream() };
}

describe('faults of the phone', () => {
  it('jitter: frames arrive in bunches, none lost, in order', async () => {
    const arrivals: number[] = [];
    const { call, stream } = await connect({ jitter: { everyMs: 200, holdMs: 120 } });
    stream.socket.on('message', () => arrivals.push(performance.now()));
    await stream.received('media', 24);
    await call.hangUp();
    const chunks = stream.of('media').map(({ media }) => Number((media as { chunk: string }).chunk));
    expect(chunks).toEqual(chunks.map((_, index) => index + 1));
    const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? 0));
    expect(gaps.filter((gap) => gap > 90).length).toBeGreaterThanOrEqual(2);
    expect(gaps.filter((gap) => gap < 5).length).toBeGreaterThanOrEqual(10);
  });

  it('no start: connected and nothing else', async () => {
    const { call, stream } = await connect({ noStart: true });
    await stream.received('connected');
    await call.hangUp();
    expect(stream.messages).toEqual([{ event: 'connected', protocol: 'Call', version: '1.0.0' }]);
  });

  it('duplicate start: twice, with rising sequence numbers', async () => {
    const { call, stream } = await connect({ duplicateStart: true });
    const starts = await stream.received('start', 2);
    await call.hangUp();
    expect(starts.map(({ sequenceNumber }) => sequenceNumber)).toEqual(['1', '2']);
  });

  it('another frame length, at the cadence that belongs to it', async () => {
    const { call, stream } = await connect({ frameBytes: 320 });
    const [, second] = await stream.received('media', 2);
    await call.hangUp();
    const { payload, timestamp } = second?.media as { payload: string; timestamp: string };
    expect([Buffer.from(payload, 'base64').length, timestamp]).toEqual([320, '80']);
  });

  it('stop missing: the socket dies on hang-up', async () => {
    const { call, stream } = await connect({ stopMissing: true });
    await stream.received('media');
    const closed = new Promise((resolve) => stream.socket.once('close', resolve));
    await call.hangUp();
    await expect(closed).resolves.toBe(1006);
    expect(stream.of('stop')).toEqual([]);
  });

  it('bad signature of the upgrade', async () => {
    const { call, stream } = await connect({ badSignature: 'upgrade' });
    await call.hangUp();
    const signature = String(stream.headers['x-twilio-signature']);
    expect(twilio.validateRequest(authToken, signature, `ws://${server.host}/media`, {})).toBe(false);
    const { headers, parameters } = server.request(0);
    const webhook = String(headers['x-twilio-signature']);
    expect(twilio.validateRequest(authToken, webhook, `${server.origin}/voice`, parameters)).toBe(true);
  });

  it('handshake failure: no stream, the next verb', async () => {
    const call = await placeCall({ url: `${server.origin}/voice`, faults: { handshakeFailure: true } });
    await call.waitFor('say');
    await call.ended;
    expect(call.warnings.map(({ code }) => code)).toEqual([31901]);
    expect(server.streams).toHaveLength(0);
  });
});

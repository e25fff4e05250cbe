import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import type { StreamStart } from '../../../../services/telephony/twilio/messages.ts';
import { TwilioStream } from '../../../../services/telephony/twilio/stream.ts';

const CALL_SID = `CA${'0a'.repeat(16)}`;
const STREAM_SID = `MZ${'0b'.repeat(16)}`;

let server: WebSocketServer;
let peer: WebSocket;
let stream: TwilioStream;
let told: unknown[][];
/** The server's side of the socket, and its end. */
let socket: WebSocket;
let closed: Promise<unknown>;
let refuse: boolean;
let listenerThrows: boolean;

beforeEach(async () => {
  const log: unknown[][] = []; // of this test alone: the one before may still close its socket
  told = log;
  refuse = false;
  listenerThrows = false;
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 65_536 });
  await once(server, 'listening');
  const connection = once(server, 'connection') as Promise<[WebSocket]>;
  peer = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  [socket] = await connection;
  closed = new Promise((resolve) => socket.once('close', resolve));
  stream = new TwilioStream(socket, {
    accept: (start: StreamStart) => {
      log.push(['started', start.callSid, start.customParameters]);
      if (refuse) return undefined;
      return {
        audio: (mulaw) => {
          if (listenerThrows) throw new Error('a bug');
          log.push(['audio', [...mulaw]]);
        },
        digit: (digit) => log.push(['digit', digit]),
        markReturned: (name) => log.push(['mark', name]),
        stopped: () => log.push(['stopped']),
        closed: (how) => log.push(['closed', how]),
      };
    },
    onFault: (fault, count) => log.push(['fault', fault, count]),
    onError: (error) => log.push(['error', (error as Error).message]),
  });
  if (peer.readyState !== WebSocket.OPEN) await once(peer, 'open');
});

afterEach(async () => {
  peer.terminate();
  await new Promise((closed) => server.close(closed));
});

const start = (change: object = {}): object => ({
  event: 'start',
  sequenceNumber: '1',
  streamSid: STREAM_SID,
  start: {
    accountSid: `AC${'0'.repeat(32)}`,
    streamSid: STREAM_SID,
    callSid: CALL_SID,
    tracks: ['inbound'],
    mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
    customParameters: { token: 't' },
    ...change,
  },
});
const media = (sequence: number, payload: string, streamSid = STREAM_SID): object => ({
  event: 'media',
  sequenceNumber: String(sequence),
  media: { track: 'inbound', chunk: '1', timestamp: '20', payload },
  streamSid,
});

/** Sends all, then closes, and returns what the stream told. */
async function play(...messages: (object | string | Buffer)[]): Promise<unknown[][]> {
  for (const message of messages)
    peer.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  peer.close();
  await closed;
  return told;
}

const STARTED = ['started', CALL_SID, { token: 't' }];

describe('a media stream', () => {
  it('tells its edges in the order of the wire', async () => {
    const dtmf = {
      event: 'dtmf',
      streamSid: STREAM_SID,
      sequenceNumber: '3',
      dtmf: { track: 'inbound_track', digit: '5' },
    };
    const mark = { event: 'mark', streamSid: STREAM_SID, sequenceNumber: '4', mark: { name: 'e1.s0' } };
    const stop = {
      event: 'stop',
      streamSid: STREAM_SID,
      sequenceNumber: '5',
      stop: { accountSid: 'AC', callSid: CALL_SID },
    };
    const connected = { event: 'connected', protocol: 'Call', version: '1.0.0' };
    expect(await play(connected, start(), media(2, 'AQID'), dtmf, mark, stop)).toEqual([
      STARTED,
      ['audio', [1, 2, 3]],
      ['digit', '5'],
      ['mark', 'e1.s0'],
      ['stopped'],
      ['closed', 'clean'],
    ]);
    expect(stream.audioMs).toBe(3 / 8);
  });

  it('is dropped when the socket closes without a stop', async () => {
    expect(await play(start())).toEqual([STARTED, ['closed', 'dropped']]);
  });

  it('is clean when we closed it', async () => {
    peer.send(JSON.stringify(start()));
    await once(socket, 'message');
    stream.close();
    expect((await once(peer, 'close'))[0]).toBe(1000);
    await closed;
    expect(told).toEqual([STARTED, ['closed', 'clean']]);
  });

  it('takes what was on its way while we closed the socket for no fault', async () => {
    peer.send(JSON.stringify(start()));
    await once(socket, 'message');
    peer.pause();
    stream.close();
    peer.send(JSON.stringify(media(2, 'AQID')));
    await once(socket, 'message');
    peer.resume();
    await closed;
    expect(told).toEqual([STARTED, ['closed', 'clean']]);
  });

  it('writes what playout sends', async () => {
    const received: string[] = [];
    peer.on('message', (data) => received.push(String(data)));
    peer.send(JSON.stringify(start()));
    await once(socket, 'message');
    stream.media(new Uint8Array(160).fill(7));
    stream.mark('e1.s0');
    stream.clear();
    stream.close();
    stream.clear(); // too late
    await once(peer, 'close');
    expect(received.map((text) => JSON.parse(text))).toEqual([
      { event: 'media', streamSid: STREAM_SID, media: { payload: Buffer.alloc(160, 7).toString('base64') } },
      { event: 'mark', streamSid: STREAM_SID, mark: { name: 'e1.s0' } },
      { event: 'clear', streamSid: STREAM_SID },
    ]);
  });
});

describe('a peer that breaks the protocol', () => {
  it.each([
    ['a binary frame', Buffer.from('{}'), 'binary-frame'],
    ['no JSON', '{', 'not-json'],
    ['a JSON null', 'null', 'invalid-message'],
    ['an unknown event', { event: 'coffee', streamSid: STREAM_SID }, 'invalid-message'],
    [
      'a mark without a name',
      { event: 'mark', streamSid: STREAM_SID, sequenceNumber: '2', mark: {} },
      'invalid-message',
    ],
    [
      'a key that no telephone has',
      { event: 'dtmf', streamSid: STREAM_SID, sequenceNumber: '2', dtmf: { digit: 'x' } },
      'invalid-message',
    ],
    [
      'media without a payload',
      { event: 'media', streamSid: STREAM_SID, sequenceNumber: '2', media: {} },
      'invalid-message',
    ],
    ['a second start', start(), 'second-start'],
    ['a second start that is broken', start({ callSid: 'CA1' }), 'invalid-message'],
    [
      'a sequence number that cannot be converted',
      { ...media(2, 'AQID'), sequenceNumber: { valueOf: 1, toString: 1 } },
      'invalid-message',
    ],
    ['a sequence number that is no text', { ...media(2, 'AQID'), sequenceNumber: [2] }, 'invalid-message'],
    ['media of another stream', media(2, 'AQID', 'MZother'), 'wrong-stream'],
    ['a sequence number that goes back', media(1, 'AQID'), 'out-of-order'],
    ['letters that are not base64', media(2, 'AQ*D'), 'bad-audio'],
    ['base64 that was cut', media(2, 'AQI'), 'bad-audio'],
    ['no audio', media(2, ''), 'bad-audio'],
  ])('has %s ignored and counted', async (_what, message, fault) => {
    expect(await play(start(), message, message, media(9, 'AQID'))).toEqual([
      STARTED,
      ['fault', fault, 1],
      // The second time a good sequence number was used up, where the fault lies behind that check.
      ['fault', fault === 'bad-audio' ? expect.stringMatching(/bad-audio|out-of-order/) : fault, expect.any(Number)],
      ['audio', [1, 2, 3]],
      ['closed', 'dropped'],
    ]);
  });

  it('is ignored before its start and after its stop', async () => {
    const stop = { event: 'stop', streamSid: STREAM_SID, sequenceNumber: '5' };
    expect(await play(media(1, 'AQID'), start(), stop, media(6, 'AQID'))).toEqual([
      ['fault', 'before-start', 1],
      STARTED,
      ['stopped'],
      ['fault', 'after-stop', 1],
      ['closed', 'clean'],
    ]);
  });

  it.each([
    ['a call that is not one', { callSid: '../../etc/passwd' }],
    ['another audio format', { mediaFormat: { encoding: 'audio/pcm', sampleRate: 16_000, channels: 1 } }],
  ])('is closed when it starts with %s', async (_what, change) => {
    peer.send(JSON.stringify(start(change)));
    expect(await once(peer, 'close')).toEqual([1008, Buffer.from('invalid start message')]);
    expect(told).toEqual([['fault', 'invalid-message', 1]]);
  });

  it('is closed when it is refused', async () => {
    refuse = true;
    peer.send(JSON.stringify(start()));
    expect(await once(peer, 'close')).toEqual([1008, Buffer.from('stream refused')]);
    expect(told).toEqual([STARTED]);
  });

  it('is closed after 250 broken messages in a row, not after 250 in all', async () => {
    const broken = (): void => {
      for (let count = 0; count < 249; count += 1) peer.send('{');
    };
    peer.send(JSON.stringify(start()));
    broken();
    peer.send(JSON.stringify(media(2, 'AQID')));
    broken();
    peer.send('{');
    expect(await once(peer, 'close')).toEqual([1008, Buffer.from('too many invalid messages')]);
    await closed;
    expect(told.slice(-2)).toEqual([
      ['fault', 'not-json', 499],
      ['closed', 'clean'],
    ]);
  });

  it('is closed when a message is too long', async () => {
    peer.send('x'.repeat(70_000));
    expect((await once(peer, 'close'))[0]).toBe(1009);
    await closed;
    expect(told).toEqual([['error', 'Max payload size exceeded']]);
  });
});

it('closes the stream whose listener throws, and nothing else happens', async () => {
  listenerThrows = true;
  peer.send(JSON.stringify(start()));
  peer.send(JSON.stringify(media(2, 'AQID')));
  expect((await once(peer, 'close'))[0]).toBe(1011);
  await closed;
  expect(told).toEqual([STARTED, ['error', 'a bug'], ['closed', 'clean']]);
});

import type { Socket } from 'node:net';
import { jest } from '@jest/globals';
import { callSidOf, type FakePhone } from '../server/fake-phone.ts';
import { announce, call, connected, FRAME_BYTES, HEALTHY, HOSTILE, type Row, target } from './hostile-target.ts';

/** A socket that is open; what happens to it is the answer. */
async function starts(tokenOf: () => Promise<string>, callSid = HOSTILE): Promise<string> {
  const token = await tokenOf();
  const phone = await connected(callSid);
  phone.start({ token });
  return `closed ${await phone.closed}`;
}
const refused = (why: string): string[] => [`warn a stream was refused ${why}`];
/** Ways to begin a stream. */
export const tokens: Row[] = [
  ['a token of our making', () => starts(async () => 'a.b.c'), 'closed 1008', refused('forged')],
  ['a token of 60 kB', () => starts(async () => 'x.'.repeat(30_000)), 'closed 1008', refused('forged')],
  ['the token of another call', () => starts(() => announce(callSidOf(3))), 'closed 1008', refused('forged')],
  [
    'a token that is a minute old',
    () =>
      starts(async () => {
        const token = await announce(HOSTILE);
        const later = Date.now() + 60_001;
        jest.spyOn(Date, 'now').mockReturnValue(later);
        return token;
      }).finally(() => jest.restoreAllMocks()),
    'closed 1008',
    refused('expired'),
  ],
  [
    'a token that was used',
    async () => {
      const token = await announce(HOSTILE);
      const first = await connected(HOSTILE);
      first.start({ token });
      await first.spoken(1);
      const answer = await starts(async () => token);
      first.hangUp();
      await first.closed;
      return answer;
    },
    'closed 1008',
    refused('used'),
  ],
];

/** A live call says something wrong, then 20 ms of silence. */
async function streams(attack: (phone: FakePhone) => void): Promise<string> {
  const phone = await call(HOSTILE);
  const session = target.server.calls.get(HOSTILE);
  attack(phone);
  phone.frames(1);
  const answer = await Promise.race([
    phone.closed.then((code) => `closed ${code}`),
    target.server.scripted.heard(HOSTILE, 2 * FRAME_BYTES).then(() => 'ignored'),
  ]);
  if (answer === 'ignored') phone.hangUp();
  await phone.closed;
  await session?.ended;
  return answer;
}
const streamSid = HOSTILE.replace('CA', 'MZ');
const text = (message: unknown) => () =>
  streams(({ socket }) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)));
const media = (fields: object): object => ({
  event: 'media',
  streamSid,
  sequenceNumber: '2',
  media: { payload: 'AQID' },
  ...fields,
});
const ignored = (fault: string): string[] => [`warn ignored ${fault}`];
const wire = ({ socket }: FakePhone): Socket => (socket as unknown as { _socket: Socket })._socket;
const broken = ['error the stream failed', 'warn the stream dropped before the call ended'];
/** What a live stream may say. */
export const messages: Row[] = [
  ['half a message', text('{"event":"media","streamS'), 'ignored', ignored('not-json')],
  ['a number', text('1e999'), 'ignored', ignored('invalid-message')],
  ['a list', text('[{"event":"stop"}]'), 'ignored', ignored('invalid-message')],
  ['sixty thousand brackets', text('['.repeat(60_000)), 'ignored', ignored('not-json')],
  [
    'nesting 30,000 deep',
    text(`{"event":"mark","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`),
    'ignored',
    ignored('invalid-message'),
  ],
  ['an unknown event', text({ event: 'refund', streamSid }), 'ignored', ignored('invalid-message')],
  [
    'a prototype as event',
    text('{"event":"__proto__","__proto__":{"event":"stop"}}'),
    'ignored',
    ignored('invalid-message'),
  ],
  ['an event that is an object', text({ event: { toString: 'stop' } }), 'ignored', ignored('invalid-message')],
  ['a binary frame', () => streams(({ socket }) => socket.send(Buffer.alloc(160))), 'ignored', ignored('binary-frame')],
  [
    'media of another stream',
    text(media({ streamSid: HEALTHY.replace('CA', 'MZ') })),
    'ignored',
    ignored('wrong-stream'),
  ],
  [
    'the stop of another stream',
    text({ event: 'stop', streamSid: HEALTHY.replace('CA', 'MZ'), sequenceNumber: '2' }),
    'ignored',
    ignored('wrong-stream'),
  ],
  ['a sequence number that goes back', text(media({ sequenceNumber: '0' })), 'ignored', ignored('out-of-order')],
  [
    'a sequence number beyond all numbers',
    text(media({ sequenceNumber: '9'.repeat(400) })),
    'ignored',
    ignored('invalid-message'),
  ],
  [
    'a sequence number that fights back',
    text(media({ sequenceNumber: { valueOf: 0, toString: 0 } })),
    'ignored',
    ignored('invalid-message'),
  ],
  [
    'audio that is no base64',
    text(media({ sequenceNumber: '1.5', media: { payload: '\u{1F4A3}' } })),
    'ignored',
    ignored('invalid-message'),
  ],
  ['media that is null', text(media({ media: null })), 'ignored', ignored('invalid-message')],
  [
    'a mark with a name of 60 kB',
    text({ event: 'mark', streamSid, sequenceNumber: '2', mark: { name: 'x'.repeat(60_000) } }),
    'ignored',
    ignored('invalid-message'),
  ],
  [
    'a start for another call',
    () => streams((phone) => phone.send('start', { start: {} })),
    'ignored',
    ignored('invalid-message'),
  ],
  ['a ping of 125 bytes', () => streams(({ socket }) => socket.ping(Buffer.alloc(125))), 'ignored', []],
  ['a megabyte', text('x'.repeat(1_000_000)), 'closed 1009', broken],
  [
    'text that is no UTF-8',
    () => streams(({ socket }) => socket.send(Buffer.from([0xc3, 0x28]), { binary: false })),
    'closed 1007',
    broken,
  ],
  [
    'a frame without a mask',
    () => streams((phone) => void wire(phone).write(Buffer.from([0x81, 2, 0x7b, 0x7d]))),
    'closed 1002',
    broken,
  ],
  [
    'a thousand broken messages',
    () => streams(({ socket }) => Array.from({ length: 1000 }, () => socket.send('{'))),
    'closed 1008',
    ignored('not-json'),
  ],
];

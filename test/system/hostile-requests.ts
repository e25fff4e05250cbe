import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { post } from '../server/fake-phone.ts';
import { HEALTHY, HOSTILE, mediaUrl, type Row, sign, target } from './hostile-target.ts';

/** Writes to the port as no client would. @returns the status line, or `closed` when there was none */
async function raw(...pieces: (string | Buffer)[]): Promise<string> {
  const { hostname, port } = new URL(target.server.url);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {}); // a reset is an answer, too
  for (const piece of pieces) socket.write(piece);
  await closed;
  return answer === '' ? 'closed' : `HTTP ${answer.slice(9, 12)}`;
}
const request = (path: string, headers: string[], method = 'POST'): string =>
  [`${method} ${path} HTTP/1.1`, `Host: ${new URL(target.server.url).host}`, ...headers, '', ''].join('\r\n');
const upgrade = (headers: string[], method = 'GET'): Promise<string> => {
  const signature = `X-Twilio-Signature: ${sign(mediaUrl())['x-twilio-signature']}`;
  return raw(request('/twilio/media', ['Connection: Upgrade', signature, ...headers], method));
};
const status = async (response: Promise<Response>): Promise<string> => `HTTP ${(await response).status}`;
const refusedUpgrade = async (headers: Record<string, string>): Promise<string> => {
  const [, response] = await once(new WebSocket(mediaUrl(), { headers }), 'unexpected-response');
  return `HTTP ${response.statusCode}`;
};

/** A form that is signed as it is, whatever it holds. */
const form = (parameters: Record<string, string | string[]>, path = '/twilio/voice'): Promise<string> => {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(parameters))
    for (const value of [values].flat()) body.append(name, value);
  const url = `${target.server.url}${path}`;
  return status(fetch(url, { method: 'POST', body, headers: sign(url, parameters) }));
};
const body = (content: string | Buffer, headers: Record<string, string>): Promise<string> => {
  const url = `${target.server.url}/twilio/voice`;
  return status(fetch(url, { method: 'POST', body: content, headers: { ...sign(url), ...headers } }));
};

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** What the control plane may be asked. */
export const webhooks: Row[] = [
  [
    'no signature',
    () => status(post(`${target.server.url}/twilio/voice`, { CallSid: HOSTILE })),
    'HTTP 403',
    ['warn 403'],
  ],
  [
    'the signature of another webhook, replayed',
    () => {
      const parameters = { CallSid: HOSTILE };
      const stolen = sign(`${target.server.url}/twilio/status`, parameters);
      return status(post(`${target.server.url}/twilio/voice`, parameters, stolen));
    },
    'HTTP 403',
    ['warn 403'],
  ],
  [
    'a signature replayed for another call',
    () => {
      const stolen = sign(`${target.server.url}/twilio/voice`, { CallSid: HEALTHY });
      return status(post(`${target.server.url}/twilio/voice`, { CallSid: HOSTILE }, stolen));
    },
    'HTTP 403',
    ['warn 403'],
  ],
  ['JSON', () => body('{"CallSid":1}', { 'content-type': 'application/json' }), 'HTTP 400', ['warn 400']],
  ['an empty body', () => body('', FORM), 'HTTP 400', ['warn 400']],
  ['two call SIDs', () => form({ CallSid: [HEALTHY, HOSTILE] }), 'HTTP 400', ['warn 400']],
  ['a path as call SID', () => form({ CallSid: `CA${'../'.repeat(11)}` }), 'HTTP 400', ['warn 400']],
  ['a null byte behind a call SID', () => form({ CallSid: `${HOSTILE}\0` }), 'HTTP 400', ['warn 400']],
  ['a line break behind a call SID', () => form({ CallSid: `${HOSTILE}\n` }), 'HTTP 400', ['warn 400']],
  ['the name of a prototype', () => form({ __proto__x: '1', constructor: '1' }), 'HTTP 400', ['warn 400']],
  [
    'a character set that nobody has',
    () => body('CallSid=1', { 'content-type': `${FORM['content-type']}; charset=klingon` }),
    'HTTP 415',
    ['warn 415'],
  ],
  [
    'ten megabytes in ten kilobytes',
    () => body(gzipSync(Buffer.alloc(10_000_000, 'x')), { ...FORM, 'content-encoding': 'gzip' }),
    'HTTP 413',
    ['warn 413'],
  ],
  ['gzip that is none', () => body('CallSid', { ...FORM, 'content-encoding': 'gzip' }), 'HTTP 400', ['warn 400']],
  [
    'a thousand parameters',
    () => body(Array.from({ length: 1000 }, (_, n) => `p${n}=`).join('&'), FORM),
    'HTTP 413',
    ['warn 413'],
  ],
  ['a header of 20 kB', () => raw(request('/health', [`X: ${'x'.repeat(20_000)}`], 'GET')), 'HTTP 431', []],
  ['no HTTP at all', () => raw('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'), 'HTTP 400', []],
  [
    'two lengths of one body',
    () => raw(request('/twilio/voice', ['Content-Length: 4', 'Transfer-Encoding: chunked']), '0\r\n\r\n'),
    'HTTP 400',
    [],
  ],
  [
    'the end of a stream that never was',
    () => form({ CallSid: HOSTILE }, '/twilio/stream-ended'),
    'HTTP 200',
    ['error a stream ended without an outcome'],
  ],
  [
    'the end of an unknown call',
    () => form({ CallSid: HOSTILE, CallStatus: 'completed' }, '/twilio/status'),
    'HTTP 204',
    [],
  ],
  [
    'a status that nobody knows',
    () => form({ CallSid: HEALTHY, CallStatus: 'melted' }, '/twilio/status'),
    'HTTP 204',
    [],
  ],
  ['the webhook of a live call, again', () => form({ CallSid: HEALTHY }), 'HTTP 200', []],
  [
    'a path that climbs',
    () => status(fetch(`${target.server.url}/api/calls/..%2f..%2fetc%2fpasswd`)),
    'HTTP 404',
    ['warn 404'],
  ],
  ['a path that is no text', () => status(fetch(`${target.server.url}/api/calls/%ff`)), 'HTTP 400', ['warn 400']],
  [
    'a method that is none of ours',
    () => status(fetch(`${target.server.url}/twilio/voice`, { method: 'DELETE' })),
    'HTTP 403',
    ['warn 403'],
  ],
];

/** Requests that keep a connection busy. */
export const dribbles: Row[] = [
  ['headers that never end', () => raw('POST /twilio/voice HTTP/1.1\r\nHost: x\r\nX-Slow: '), 'HTTP 408', []],
  [
    'a body that never ends',
    () => raw(request('/twilio/voice', ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 99']), 'C'),
    'HTTP 408',
    ['warn 400'],
  ],
];

const KEY = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
/** Ways to ask for a media socket. */
export const upgrades: Row[] = [
  ['no signature', () => refusedUpgrade({}), 'HTTP 403', ['warn a media socket was refused signature']],
  [
    'the signature of the webhook, replayed',
    () => refusedUpgrade(sign(`${target.server.url}/twilio/voice`, { CallSid: HEALTHY })),
    'HTTP 403',
    ['warn a media socket was refused signature'],
  ],
  ['another protocol', () => upgrade(['Upgrade: h2c', KEY]), 'HTTP 400', []],
  [
    'a key that is too short',
    () => upgrade(['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: x']),
    'HTTP 400',
    [],
  ],
  ['a version of the past', () => upgrade(['Upgrade: websocket', 'Sec-WebSocket-Version: 7', KEY]), 'HTTP 400', []],
  [
    'another method',
    () => upgrade(['Upgrade: websocket', 'Sec-WebSocket-Version: 13', KEY, 'Content-Length: 0'], 'POST'),
    'HTTP 405',
    [],
  ],
];

import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { ServerOverrides } from '../../server/create-server.ts';
import { callSidOf, FakePhone, post, streamOf } from '../server/fake-phone.ts';
import { type TestServer, testServer } from '../server/test-server.ts';
import { type CapturedLog, captureLog } from './captured-log.ts';

/** What signs everything. */
const AUTH_TOKEN = 'an-auth-token-of-nobody';
/** The call that must not notice. */
export const HEALTHY = callSidOf(1);
/** The call of whoever attacks. */
export const HOSTILE = callSidOf(2);
export const FRAME_BYTES = 160;
const IGNORED = 'a message on the stream was ignored; more of this kind are only counted';
const NORMAL: ReadonlySet<string> = new Set(['call announced', 'call started', 'call ended']);

/** The server of the row that runs, its log, and the call that must not notice. */
export const target = {} as { server: TestServer; log: CapturedLog; healthy: FakePhone };

/** What Twilio would send with a request to this URL. */
export const sign = (url: string, parameters: Record<string, string | string[]> = {}): Record<string, string> => ({
  'x-twilio-signature': getExpectedTwilioSignature(AUTH_TOKEN, url, parameters),
});
export const mediaUrl = (): string => `${target.server.url.replace('http', 'ws')}/twilio/media`;
const signedPost = (path: string, form: Record<string, string>): Promise<Response> =>
  post(`${target.server.url}${path}`, form, sign(`${target.server.url}${path}`, form));
/** Announces a call. @returns the token of its stream */
export const announce = async (callSid: string): Promise<string> =>
  streamOf(await (await signedPost('/twilio/voice', { CallSid: callSid })).text()).token;
/** Opens a signed media socket. */
export const connected = (callSid: string): Promise<FakePhone> =>
  FakePhone.connect(mediaUrl(), callSid, sign(mediaUrl()));
/** A call that has been greeted. */
export async function call(callSid: string): Promise<FakePhone> {
  const token = await announce(callSid);
  const phone = await connected(callSid);
  phone.start({ token });
  await phone.spoken(1);
  // Behind the greeting's marks, so that the server has taken them when this arrives.
  phone.frames(1);
  await target.server.scripted.heard(callSid, FRAME_BYTES);
  return phone;
}

/** What the healthy caller hears, message by message. */
export const heard = (phone: FakePhone): unknown[] =>
  phone.received.map(({ event, media, mark }) => [event, (media as { payload?: string })?.payload ?? mark]);

/** Half a second of the healthy caller's line (frames). */
export const HALF_SECOND = 25;
/** The healthy caller asks something and is answered; a second of his line goes by. */
export async function healthyTurn(): Promise<void> {
  target.healthy.frames(HALF_SECOND);
  await target.server.scripted.says(HEALTHY, { type: 'caller.speechStarted' });
  await target.server.scripted.says(HEALTHY, {
    type: 'caller.endOfTurn',
    text: 'When is breakfast?',
    confidence: 0.9,
    words: [],
  });
  await target.healthy.spoken(2);
  target.healthy.frames(HALF_SECOND);
}

/** Starts a server as in production: everything is signed. */
export async function start(overrides: ServerOverrides = {}): Promise<void> {
  target.log = captureLog();
  target.server = await testServer(
    { TWILIO_AUTH_TOKEN: AUTH_TOKEN, HOST: '127.0.0.1' },
    { logger: target.log.logger, ...overrides },
  );
  target.healthy = await call(HEALTHY);
}

/** The log's lines on the row, shortest form. */
export const said = (): string[] =>
  target.log
    .lines()
    .filter(({ message, callSid }) => !NORMAL.has(message) && callSid !== HEALTHY)
    .map(({ level, message, ...rest }) => {
      const detail = rest.fault ?? rest.why ?? rest.status;
      const reason = message.startsWith('a request was refused') ? '' : message === IGNORED ? 'ignored' : message;
      return [level, reason, detail].filter((part) => part !== undefined && part !== '').join(' ');
    });

/** One input, its defined answer, and everything that the log says about it. */
export type Row = [input: string, attack: () => Promise<string>, answer: string, lines: string[]];

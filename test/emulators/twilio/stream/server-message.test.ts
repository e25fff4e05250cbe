import { describe, expect, it } from '@jest/globals';
import { readServerMessage } from '../../../../emulators/twilio/stream/server-message.ts';

const streamSid = 'MZ00000000000000000000000000000001';
const read = (value: unknown) => readServerMessage(Buffer.from(JSON.stringify(value)), false, streamSid);

describe('a message of the server', () => {
  it.each([
    { event: 'media', streamSid, media: { payload: '//8=' } },
    { event: 'mark', streamSid, mark: { name: 'e1.s0' } },
    { event: 'clear', streamSid },
  ])('is accepted: $event', (message) => {
    expect(read(message)).toEqual(message);
  });

  it.each([
    ['an unknown event', { event: 'stop', streamSid }, /^event: Invalid/],
    ['an extra field', { event: 'clear', streamSid, reason: 'barge-in' }, /Unrecognized key: "reason"/],
    [
      'an extra field inside',
      { event: 'media', streamSid, media: { payload: '', track: 'outbound' } },
      /^media: Unrecognized key: "track"/,
    ],
    ['a missing field', { event: 'media', streamSid }, /^media: Invalid input/],
    ['no streamSid', { event: 'clear' }, /^streamSid: Invalid input/],
    ['another stream', { event: 'clear', streamSid: 'MZ2' }, /^streamSid is 'MZ2', expected 'MZ0{31}1'$/],
    [
      'payload that is not base64',
      { event: 'media', streamSid, media: { payload: 'a b' } },
      /^media\.payload: Invalid base64/,
    ],
    ['URL-safe base64', { event: 'media', streamSid, media: { payload: '__8=' } }, /^media\.payload: Invalid base64/],
    ['a mark without name', { event: 'mark', streamSid, mark: {} }, /^mark\.name: Invalid input/],
    ['a mark with an empty name', { event: 'mark', streamSid, mark: { name: '' } }, /^mark\.name: Too small/],
    ['no object', 'clear', /expected object/],
  ])('is refused with 31951: %s', (_, message, reason) => {
    expect(read(message)).toEqual({ event: 'refused', code: 31951, reason: expect.stringMatching(reason) });
  });

  it('is refused with 31951 when it is not JSON', () => {
    const refusal = readServerMessage(Buffer.from('{"event":'), false, streamSid);
    expect(refusal).toEqual({ event: 'refused', code: 31951, reason: 'not JSON: {"event":' });
  });

  it('is refused with 31950 when the frame is binary', () => {
    const refusal = readServerMessage(Buffer.from([1, 2, 3]), true, streamSid);
    expect(refusal).toEqual({ event: 'refused', code: 31950, reason: 'binary frame of 3 bytes; only text frames' });
  });
});

import { describe, expect, it } from '@jest/globals';
import { socketFailure, vendorFailure } from '../../../../services/text-to-speech/deepgram-aura/failures.ts';
import { readServerMessage } from '../../../../services/text-to-speech/deepgram-aura/messages.ts';

describe('a message of Deepgram', () => {
  it.each<[string, unknown, object | undefined]>([
    ['of a known type', { type: 'Flushed', sequence_id: 3 }, { type: 'Flushed' }],
    ['of an unknown type', { type: 'Weather', sun: true }, { type: 'other' }],
    [
      'with today’s spelling of a warning',
      { type: 'Warning', description: 'flush' },
      { type: 'Warning', description: 'flush' },
    ],
    ['with the older one', { type: 'Warning', warn_msg: 'flush' }, { type: 'Warning', description: 'flush' }],
    ['with an error', { type: 'Error', code: 'NET-0000' }, { type: 'Error', code: 'NET-0000' }],
    ['with an error of the older kind', { type: 'Error', err_code: 17 }, { type: 'Error', code: '17' }],
    ['that is no JSON, as the SDK gives it', '{"type":', undefined],
    ['without a type', { sequence_id: 3 }, undefined],
  ])('%s is read', (_name, message, expected) => {
    expect(readServerMessage(message)).toEqual(expected);
  });
});

describe('a reason of Deepgram', () => {
  it('is repeated as far as it is a code', () => {
    expect(vendorFailure('BIG-0001: "What you said"')).toMatchObject({
      code: 'bad-request',
      message: 'Deepgram refused a message (BIG-0001)',
      vendor: 'deepgram',
    });
    expect(vendorFailure('Your key abc is bad').message).toBe('Deepgram gave up the connection (no code)');
  });

  it.each<[number, string]>([
    [1000, 'unavailable'],
    [1003, 'bad-request'],
    [1005, 'network'],
    [1006, 'network'],
    [1008, 'bad-request'],
    [1011, 'unavailable'],
  ])('that is missing from a close with %i leaves the WebSocket code', (code, failure) => {
    const { message, ...rest } = socketFailure({ type: 'closed', code, reason: '' }, 'aura-2-thalia-en');
    expect(rest.code).toBe(failure);
    expect(message).toContain(`(WebSocket ${code})`);
  });

  it.each<[number, string]>([
    [302, 'protocol'],
    [400, 'bad-request'],
    [401, 'auth'],
    [402, 'quota'],
    [403, 'auth'],
    [429, 'rate-limit'],
    [503, 'unavailable'],
  ])('that is missing from an answer of %i leaves the status', (status, failure) => {
    const { message, ...rest } = socketFailure({ type: 'refused', status, reason: undefined }, 'aura-2-thalia-en');
    expect(rest.code).toBe(failure);
    expect(message).toContain(`(HTTP ${status})`);
  });
});

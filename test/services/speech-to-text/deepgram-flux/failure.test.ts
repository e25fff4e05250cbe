import { describe, expect, it } from '@jest/globals';
import { closeError, quote, socketError } from '../../../../services/speech-to-text/deepgram-flux/failure.ts';

const brief = ({ code, retryable }: { readonly code: string; readonly retryable: boolean }) => [code, retryable];

describe('failures of Flux', () => {
  it.each([
    ['Unexpected server response: 400', 'bad-request', false],
    ['Unexpected server response: 401', 'auth', false],
    ['Unexpected server response: 402', 'quota', false],
    ['Unexpected server response: 403', 'auth', false],
    ['Unexpected server response: 404', 'bad-request', false],
    ['Unexpected server response: 408', 'timeout', true],
    ['Unexpected server response: 429', 'rate-limit', true],
    ['Unexpected server response: 503', 'unavailable', true],
    ['Unexpected server response: 302', 'protocol', true],
    ['TIMEOUT', 'timeout', true],
    ['connect ETIMEDOUT 10.0.0.1:443', 'timeout', true],
    ['connect ECONNREFUSED 127.0.0.1:9', 'network', true],
    ['getaddrinfo ENOTFOUND api.deepgram.com', 'network', true],
    ['Invalid WebSocket frame: RSV1 must be clear', 'protocol', true],
    ['socket hang up', 'network', true],
  ])('are told from the text of the socket: %s', (text, code, retryable) => {
    expect(brief(socketError(text))).toEqual([code, retryable]);
  });

  it.each([
    [1000, 'unavailable'],
    [1001, 'unavailable'],
    [1002, 'protocol'],
    [1005, 'unavailable'],
    [1006, 'network'],
    [1009, 'protocol'],
    [1011, 'unavailable'],
  ])('are told from the close code %i', (close, code) => {
    expect(brief(closeError(close))).toEqual([code, true]);
  });

  it('quote the server briefly, and never the key', () => {
    expect(quote({ error_code: 'BAD', description: `key k1 ${'x'.repeat(500)}` }, 'k1')).toBe(
      `BAD, key [key] ${'x'.repeat(185)}`,
    );
    expect(quote({}, 'k1')).toBe('no code');
  });
});

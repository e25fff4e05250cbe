import { beforeEach, describe, expect, it } from '@jest/globals';
import { StreamTokens } from '../../server/stream-token.ts';

let now: number;
let tokens: StreamTokens;
beforeEach(() => {
  now = 1_700_000_000_000;
  tokens = new StreamTokens({ secret: 'shared', now: () => now });
});

describe('a stream token', () => {
  it('is good once', () => {
    const token = tokens.issue('CA1');
    expect([tokens.take(token, 'CA1'), tokens.take(token, 'CA1')]).toEqual([undefined, 'used']);
  });

  it('is good on another node with the same secret', () => {
    expect(new StreamTokens({ secret: 'shared', now: () => now }).take(tokens.issue('CA1'), 'CA1')).toBeUndefined();
  });

  it('is bound to its call and its secret', () => {
    expect(tokens.take(tokens.issue('CA1'), 'CA2')).toBe('forged');
    expect(new StreamTokens({ secret: 'other', now: () => now }).take(tokens.issue('CA1'), 'CA1')).toBe('forged');
  });

  it('expires, also once it was used', () => {
    const used = tokens.issue('CA1');
    tokens.take(used, 'CA1');
    const late = tokens.issue('CA1');
    now += 60_000;
    expect([tokens.take(late, 'CA1'), tokens.take(used, 'CA1')]).toEqual(['expired', 'expired']);
  });

  it('cannot be made to live longer', () => {
    const [, nonce, signature] = tokens.issue('CA1').split('.');
    expect(tokens.take(`zzzzzzzzz.${nonce}.${signature}`, 'CA1')).toBe('forged');
  });

  it.each([
    [undefined, 'missing'],
    ['', 'forged'],
    ['a.b', 'forged'],
    ['..', 'forged'],
    ['é.é.é', 'forged'],
  ])('is not %j', (token, problem) => {
    expect(tokens.take(token, 'CA1')).toBe(problem);
  });
});

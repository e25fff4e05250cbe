import { describe, expect, it } from '@jest/globals';
import { createActor, fromPromise } from 'xstate';
import type { Destination } from '../../../machines/call/ports.ts';
import { type HandOver, transferMachine } from '../../../machines/transfer/machine.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const settle = () => new Promise(setImmediate);
const BUSY: HandOver = { ok: false, failure: { code: 'rate-limit', message: 'too many', retryable: true } };

/** The transfer chart with a carrier that answers each request as told: refuses, does not answer, or breaks. */
function transferWith(...answers: (HandOver | 'hangs' | 'crashes')[]) {
  const clock = new VirtualClock();
  let requests = 0;
  const machine = transferMachine.provide({
    actors: {
      handOver: fromPromise<HandOver, Destination>(async () => {
        const answer = answers[requests++] ?? 'hangs';
        if (answer === 'crashes') throw new Error('a bug');
        return answer === 'hangs' ? new Promise(() => {}) : answer;
      }),
    },
  });
  const input = { destination: { kind: 'human', number: '+14155550100' }, timeout: 10_000 } as const;
  const actor = createActor(machine, { clock, input }).start();
  return { clock, requests: () => requests, output: () => actor.getSnapshot().output };
}

describe('a carrier that is too busy', () => {
  it('is asked again after a second, and not sooner', async () => {
    const { clock, requests, output } = transferWith(BUSY, { ok: true });
    await settle();
    clock.advance(999);
    await settle();
    expect([requests(), output()]).toEqual([1, undefined]);
    clock.advance(1);
    await settle();
    expect([requests(), output()]).toEqual([2, { ok: true }]);
  });

  it('is not asked a third time', async () => {
    const { clock, requests, output } = transferWith(BUSY, BUSY);
    await settle();
    clock.advance(1000);
    await settle();
    expect([requests(), output()]).toEqual([2, BUSY]);
  });

  it('and then does not answer is reported as a carrier that does not answer', async () => {
    const { clock, requests, output } = transferWith(BUSY, 'hangs');
    await settle();
    clock.advance(1000);
    await settle();
    clock.advance(9999);
    expect([requests(), output()]).toEqual([2, undefined]);
    clock.advance(1);
    expect(output()).toEqual({
      ok: false,
      failure: { code: 'timeout', message: 'no answer from the carrier within transferTimeout', retryable: false },
    });
  });
});

it('a hand-over that breaks is a refusal, and is not tried again', async () => {
  const { clock, requests, output } = transferWith('crashes');
  await settle();
  expect([requests(), output(), clock.pending]).toEqual([
    1,
    { ok: false, failure: { code: 'unavailable', message: 'the hand-over crashed', retryable: false } },
    0,
  ]);
});

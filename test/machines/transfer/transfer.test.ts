import { describe, expect, it } from '@jest/globals';
import { createActor } from 'xstate';
import type { FailureCode } from '../../../machines/call/events.ts';
import { handOverActor } from '../../../machines/transfer/actors/hand-over.ts';
import { transferMachine } from '../../../machines/transfer/machine.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const settle = () => new Promise(setImmediate);
const refusal = (code: FailureCode) => Object.assign(new Error(`refused: ${code}`), { code, retryable: true });

function transferWith(...answers: ('accepts' | 'hangs' | Error)[]) {
  const clock = new VirtualClock();
  const signals: AbortSignal[] = [];
  const machine = transferMachine.provide({
    actors: {
      handOver: handOverActor(() => ({
        transfer: (_, signal) => {
          signals.push(signal);
          const answer = answers[signals.length - 1] ?? 'accepts';
          if (answer === 'hangs') return new Promise(() => {});
          return answer === 'accepts' ? Promise.resolve() : Promise.reject(answer);
        },
      })),
    },
  });
  const input = { destination: { kind: 'human', number: '+14155550100' }, timeout: 10_000 } as const;
  const actor = createActor(machine, { clock, input }).start();
  return { clock, signals, output: () => actor.getSnapshot().output };
}

describe('the transfer', () => {
  it('is one request', async () => {
    const { signals, output } = transferWith('accepts');
    await settle();
    expect([signals.length, output()]).toEqual([1, { ok: true }]);
  });

  it('tries again only when the carrier was surely too busy to carry it out', async () => {
    const busy = transferWith(refusal('rate-limit'), 'accepts');
    await settle();
    expect(busy.output()).toBeUndefined();
    busy.clock.advance(1000);
    await settle();
    expect([busy.signals.length, busy.output()]).toEqual([2, { ok: true }]);

    const lost = transferWith(refusal('network'));
    await settle();
    expect([lost.signals.length, lost.output()]).toEqual([
      1,
      { ok: false, failure: { code: 'network', message: 'refused: network', retryable: true } },
    ]);
  });

  it('is given up after 10 s, and the request with it', async () => {
    const { clock, signals, output } = transferWith('hangs');
    clock.advance(10_000);
    await settle();
    expect(signals[0]?.aborted).toBe(true);
    expect(output()).toEqual({
      ok: false,
      failure: { code: 'timeout', message: 'no answer from the carrier within transferTimeout', retryable: false },
    });
  });
});

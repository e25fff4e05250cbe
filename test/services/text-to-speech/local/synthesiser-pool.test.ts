import { afterEach, describe, expect, it } from '@jest/globals';
import { closeSynthesiser, synthesise } from '../../../../services/text-to-speech/local/synthesise.ts';
import {
  createSynthesiserPool,
  type SynthesiserPool,
  type SynthesiserPoolOptions,
} from '../../../../services/text-to-speech/local/synthesiser-pool.ts';

const pools: SynthesiserPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function open(options?: SynthesiserPoolOptions): SynthesiserPool {
  const pool = createSynthesiserPool(options);
  pools.push(pool);
  return pool;
}

const speech = { text: 'Good evening.', voice: 'kal', rate: 1 } as const;

describe('synthesiser pool', () => {
  it('never speaks a text that was cancelled while it waited', async () => {
    const pool = open();
    const abort = new AbortController();
    const first = pool.speak(speech);
    const second = pool.speak(speech, abort.signal);
    expect(pool.jobs).toBe(2);
    abort.abort();
    expect(pool.jobs).toBe(1);
    await expect(second).rejects.toMatchObject({ name: 'ServiceError', code: 'cancelled', vendor: 'local' });
    expect((await first).length).toBeGreaterThan(4000);
  });

  it('counts a cancelled text that is under way until its thread is free', async () => {
    const pool = open();
    const abort = new AbortController();
    const running = pool.speak(speech, abort.signal);
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(pool.jobs).toBe(1);
    await pool.idle();
    expect(pool.jobs).toBe(0);
  });

  it('replaces a thread whose text takes too long', async () => {
    const pool = open({ deadlineMs: 5 });
    await pool.ready();
    const long = { ...speech, voice: 'slt', text: 'And so on, and so on. '.repeat(40) } as const;
    await expect(pool.speak(long)).rejects.toMatchObject({ code: 'timeout', retryable: true });
    await pool.ready();
    expect(pool.jobs).toBe(0);
  });

  it('speaks on two threads at the same time', async () => {
    const pool = open({ threads: 2 });
    await pool.ready();
    const [a, b, c] = await Promise.all([pool.speak(speech), pool.speak(speech), pool.speak(speech)]);
    expect(a).toEqual(b);
    expect(b).toEqual(c);
  });

  it('close fails what waits and what is under way, and everything later', async () => {
    const pool = open();
    const outcomes = Promise.allSettled([pool.speak(speech), pool.speak(speech)]);
    await pool.close();
    const late = pool.speak(speech);
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'cancelled' } });
    await expect(late).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('synthesise', () => {
  it('needs nothing to be set up, and can be closed', async () => {
    expect((await synthesise('A table for two, please.', 'kal')).length).toBeGreaterThan(8000);
    await closeSynthesiser();
    expect((await synthesise('Again.', 'kal')).length).toBeGreaterThan(1000);
    await closeSynthesiser();
  });
});

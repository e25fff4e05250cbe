import { createSynthesiserPool, type SynthesiserPool } from './synthesiser-pool.ts';
import type { Voice } from './voices.ts';

let pool: SynthesiserPool | undefined;

/**
 * Speaks one text in a pool of its own, which is started when it is first needed, never keeps the process alive, and is
 * no part of any server: for the phone emulator's caller, and for tests.
 *
 * @returns µ-law, 8 kHz; empty when the text has nothing to say
 * @throws ServiceError as {@link SynthesiserPool.speak}
 * @example await synthesise('A table for two, please.', 'rms')
 */
export async function synthesise(text: string, voice: Voice = 'rms', rate = 1): Promise<Uint8Array> {
  pool ??= createSynthesiserPool();
  return pool.speak({ text, voice, rate });
}

/** Ends the thread of {@link synthesise}, if it runs. A later call starts a new one. */
export async function closeSynthesiser(): Promise<void> {
  const closing = pool?.close();
  pool = undefined;
  await closing;
}

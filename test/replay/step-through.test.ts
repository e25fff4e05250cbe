import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type ReplayStep, replay } from '../../journal/replay.ts';
import { keysOf, stepThrough } from '../../journal/step-through.ts';
import { recorded } from './recorded.ts';

function steps(): readonly ReplayStep[] {
  const { call, journal } = recorded();
  call.played();
  call.caller('tell me');
  return [...replay(journal())];
}

/** A terminal on which somebody types. */
function terminal() {
  const modes: boolean[] = [];
  const stream = Object.assign(new PassThrough(), {
    setRawMode(mode: boolean) {
      modes.push(mode);
      return this;
    },
  });
  return { stream: stream as unknown as NodeJS.ReadStream & PassThrough, modes };
}

describe('stepping through a call', () => {
  it('shows all where nobody presses keys', async () => {
    const shown: number[] = [];
    const last = await stepThrough(steps(), ({ entry }) => shown.push(entry.seq), undefined);
    expect(shown).toEqual([0, 1, 2, 3, 4]);
    expect(last?.entry.seq).toBe(4);
  });

  it.each([
    ['\r', 'next'],
    ['\n', 'next'],
    [' ', 'next'],
    ['q', 'quit'],
    ['\u0003', 'quit'],
    ['\u0004', 'quit'],
  ] as const)('%j means %s, and the terminal is given back', async (typed, key) => {
    const { stream, modes } = terminal();
    const pressed = keysOf(stream)();
    stream.write('x');
    stream.write(typed);
    expect(await pressed).toBe(key);
    expect(modes).toEqual([true, false]);
    expect(stream.listenerCount('data')).toBe(0);
  });

  it('ends with the terminal', async () => {
    const { stream } = terminal();
    const pressed = keysOf(stream)();
    stream.end();
    expect(await pressed).toBe('quit');
  });
});

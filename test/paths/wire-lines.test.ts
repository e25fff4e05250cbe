import { describe, expect, it } from '@jest/globals';
import { PAPER_ONLY } from '../wire/paper-only.ts';
import { GOALS } from '../wire/walks.ts';
import { wireVerdict } from './wire-lines.ts';

const onPaper = [...GOALS].find((goal) => PAPER_ONLY.some(({ covers }) => covers(goal))) ?? '';
const result = { walks: 12, steps: 1234, reached: new Set(['a', 'b']), missed: [onPaper], divergences: [] };

describe('the closing lines about the wire', () => {
  it('are one when all is well', () => {
    expect(wireVerdict(result, 61.26)).toEqual({
      text: 'wire            2/2 goals      12 walks     1,234 steps   1 on paper only   61.3 s\n',
      well: true,
    });
  });

  it('name what was missed', () => {
    const verdict = wireVerdict({ ...result, missed: [onPaper, 'call.nowhere --x--> (stay)'] }, 1);
    expect(verdict.well).toBe(false);
    expect(verdict.text.split('\n')[0]).toBe('wire: never reached: call.nowhere --x--> (stay)');
  });

  it('tell the walk on which the server did otherwise', () => {
    const divergence = { walk: 'greeting 3', steps: ['the caller speaks', 'a mark comes back'], what: 'event 4' };
    const verdict = wireVerdict({ ...result, divergences: [divergence] }, 1);
    expect(verdict.well).toBe(false);
    expect(verdict.text.split('\n').slice(0, 3)).toEqual([
      'wire: greeting 3: event 4',
      '  the caller speaks',
      '  a mark comes back',
    ]);
  });
});

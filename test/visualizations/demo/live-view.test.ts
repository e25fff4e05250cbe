import { expect, it } from '@jest/globals';
import type { CallSnapshot } from '../../../journal/replay.ts';
import type { CallEvent } from '../../../machines/call/events.ts';
import { LiveView } from '../../../visualizations/demo/live-view.ts';
import { wrap } from '../../../visualizations/demo/wrap.ts';

const snapshot = (conversation: string, epoch: number, saying: readonly string[]): CallSnapshot =>
  ({ value: { active: { conversation } }, context: { epoch, saying } }) as unknown as CallSnapshot;

const told = (width: number, steps: readonly (readonly [CallEvent, CallSnapshot])[]): readonly string[] => {
  const lines: string[] = [];
  const view = new LiveView({ print: (line) => lines.push(line), elapsed: () => 1500, colour: false, width });
  for (const [event, after] of steps) view.saw(event, after);
  return lines;
};

it('tells each sentence as it begins to sound, and none that is cut before', () => {
  const saying = ['One.', 'Two.', 'Three.'];
  expect(
    told(80, [
      [{ type: 'caller.endOfTurn', text: 'count', confidence: 1, words: [], speechEndMs: 900 }, snapshot('a', 1, [])],
      [{ type: 'reply.sentence', epoch: 1, index: 0, text: 'One.' }, snapshot('a', 1, ['One.'])],
      [{ type: 'playout.started', epoch: 1, atMs: 1640 }, snapshot('b', 1, ['One.'])],
      [{ type: 'playout.heard', epoch: 1, sentence: 0 }, snapshot('b', 1, ['One.'])],
      [{ type: 'reply.sentence', epoch: 1, index: 1, text: 'Two.' }, snapshot('b', 1, saying.slice(0, 2))],
      [{ type: 'reply.sentence', epoch: 1, index: 2, text: 'Three.' }, snapshot('b', 1, saying)],
      [{ type: 'caller.interim', text: 'stop' }, snapshot('c', 2, [])],
      [
        {
          type: 'playout.cut',
          epoch: 1,
          heard: { sentences: 1, partial: { sentence: 1, playedMs: 320, lengthMs: 900, complete: true } },
        },
        snapshot('c', 2, []),
      ],
    ]),
  ).toEqual([
    '   1.5 s  caller  count',
    '   1.5 s  state   a',
    "   1.5 s  waited  740 ms, from the caller's last sound",
    '   1.5 s  state   b',
    '   1.5 s  agent   One.',
    '   1.5 s  agent   Two.',
    '   1.5 s  state   c',
    "   1.5 s  cut     0.3 s into this sentence, by “stop …”; the carrier's buffer is",
    '                  cleared',
  ]);
});

it('wraps at spaces and never cuts a word', () => {
  expect(wrap('one two three four five six', 20)).toEqual(['one two three four', 'five six']);
  expect(wrap('{"a":"longer than any line"} x', 3)).toEqual(['{"a":"longer than', 'any line"} x']);
  expect(wrap('abcdefghijklmnopqrstuvwxyz', 20)).toEqual(['abcdefghijklmnopqrstuvwxyz']);
});

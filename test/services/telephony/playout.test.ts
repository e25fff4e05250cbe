import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PlayoutEvent } from '../../../machines/call/events.ts';
import { CarrierPlayout } from '../../../services/telephony/playout.ts';
import { type FakeCarrier, inShort } from './fake-carrier.ts';
import { playoutLine, sound } from './playout-line.ts';

let carrier: FakeCarrier;
let playout: CarrierPlayout;
let events: PlayoutEvent[];
let deliver: () => void;
let pass: (ms: number) => void;

beforeEach(() => {
  ({ carrier, playout, events, deliver, pass } = playoutLine());
});

describe('a stretch of speech', () => {
  it('is framed, marked behind each sentence and at its end, and heard when the marks come back', () => {
    playout.write(1, 0, sound(30, 5));
    playout.write(1, 0, sound(15, 6));
    playout.endSentence(1, 0);
    playout.write(1, 1, sound(20, 8));
    playout.endSentence(1, 1);
    playout.end(1);
    expect(inShort(carrier.sent)).toBe('5 5 6 e1.s0 8 e1.s1 e1.end');
    pass(60);
    expect(events).toEqual([
      { type: 'playout.started', epoch: 1, atMs: 7 },
      { type: 'playout.heard', epoch: 1, sentence: 0 },
    ]);
    pass(20);
    expect(events.slice(2)).toEqual([
      { type: 'playout.heard', epoch: 1, sentence: 1 },
      { type: 'playout.finished', epoch: 1 },
    ]);
  });

  it('pads the last frame of a sentence with silence', () => {
    const frames: Uint8Array[] = [];
    const plain = new CarrierPlayout({
      wire: { media: (frame) => frames.push(frame), mark() {}, clear() {} },
      now: () => 0,
      audioClock: () => 0,
    });
    plain.write(1, 0, new Uint8Array(162).fill(9));
    plain.endSentence(1, 0);
    expect(frames.map(({ length }) => length)).toEqual([160, 160]);
    expect([...(frames[1] ?? [])]).toEqual([9, 9, ...new Array(158).fill(0xff)]);
  });

  it('finishes at once when nothing was said', () => {
    playout.end(4);
    expect(events).toEqual([{ type: 'playout.finished', epoch: 4 }]);
    expect(carrier.sent).toEqual([]);
  });

  it('finishes at once when everything was heard before its end was known', () => {
    playout.write(1, 0, sound(20));
    playout.endSentence(1, 0);
    pass(20);
    playout.end(1);
    expect(events.at(-1)).toEqual({ type: 'playout.finished', epoch: 1 });
    expect(inShort(carrier.sent)).toBe('1 e1.s0');
  });

  it('completes an open sentence when the next one begins and when the stretch ends', () => {
    playout.write(1, 0, sound(10, 5));
    playout.write(1, 1, sound(10, 6));
    playout.end(1);
    expect(inShort(carrier.sent)).toBe('5 e1.s0 6 e1.s1 e1.end');
  });

  it('takes nothing for a sentence that is complete, nor for a stretch that ended', () => {
    playout.write(1, 1, sound(20, 5));
    playout.endSentence(1, 1);
    playout.endSentence(1, 1);
    playout.write(1, 1, sound(20, 6));
    playout.write(1, 0, sound(20, 6));
    playout.end(1);
    playout.write(1, 2, sound(20, 6));
    playout.end(1);
    expect(inShort(carrier.sent)).toBe('5 e1.s1 e1.end');
  });

  it('counts a mark that was lost as returned when a later one comes back', () => {
    for (const sentence of [0, 1]) {
      playout.write(1, sentence, sound(20));
      playout.endSentence(1, sentence);
    }
    carrier.advance(40);
    expect(playout.markReturned('e1.s1')).toBe(true);
    expect(playout.markReturned('e1.s0')).toBe(false);
    expect(events.slice(1)).toEqual([
      { type: 'playout.heard', epoch: 1, sentence: 0 },
      { type: 'playout.heard', epoch: 1, sentence: 1 },
    ]);
  });
});

describe('a cut', () => {
  it('clears the carrier once, tells what was heard, and lets no older frame pass', () => {
    playout.write(1, 0, sound(40, 5));
    playout.endSentence(1, 0);
    playout.write(1, 1, sound(100, 6));
    pass(100);
    const heard = { sentences: 1, partial: { sentence: 1, playedMs: 60, lengthMs: 100, complete: false } };
    playout.cut(2);
    expect(events.at(-1)).toEqual({ type: 'playout.cut', epoch: 1, heard });
    playout.write(1, 1, sound(100, 6));
    playout.endSentence(1, 1);
    playout.end(1);
    expect(inShort(carrier.sent)).toBe('5 5 e1.s0 6 6 6 6 6 clear');
    playout.write(2, 0, sound(20, 7));
    expect(inShort(carrier.sent.slice(-2))).toBe('clear 7');
  });

  it('does not take a mark for heard that comes back because of the clear', () => {
    playout.write(1, 0, sound(1000));
    playout.endSentence(1, 0);
    playout.end(1);
    pass(20);
    playout.cut(1);
    deliver();
    expect(events.map(({ type }) => type)).toEqual(['playout.started', 'playout.cut']);
    playout.write(1, 0, sound(20)); // the same epoch may sound again, and its mark has the same name
    playout.endSentence(1, 0);
    pass(20);
    expect(events.at(-2)).toEqual({ type: 'playout.heard', epoch: 1, sentence: 0 });
  });

  it('sends no clear when the carrier has nothing to play', () => {
    playout.cut(1);
    expect(events).toEqual([]);
    playout.write(1, 0, sound(20));
    playout.endSentence(1, 0);
    carrier.advance(20);
    deliver();
    playout.cut(2);
    playout.cut(3);
    expect(events.slice(1)).toEqual([
      { type: 'playout.heard', epoch: 1, sentence: 0 },
      { type: 'playout.cut', epoch: 1, heard: { sentences: 1 } },
    ]);
    expect(inShort(carrier.sent)).toBe('1 e1.s0');
  });

  it('still clears when the voice has finished and the carrier has not', () => {
    playout.write(1, 0, sound(3000));
    playout.endSentence(1, 0);
    playout.end(1);
    pass(1000);
    playout.cut(2);
    expect(events.at(-1)).toEqual({
      type: 'playout.cut',
      epoch: 1,
      heard: { sentences: 0, partial: { sentence: 0, playedMs: 1000, lengthMs: 3000, complete: true }, retained: 1 },
    });
    expect(carrier.sent.at(-1)).toEqual({ type: 'clear' });
  });

  it('is not answered once everything was heard', () => {
    playout.write(1, 0, sound(20));
    playout.end(1);
    pass(20);
    playout.cut(2);
    expect(events.map(({ type }) => type)).toEqual(['playout.started', 'playout.heard', 'playout.finished']);
  });

  it('keeps its law when a listener cuts at the first frame', () => {
    playout.subscribe(({ type }) => type === 'playout.started' && playout.cut(2));
    playout.write(1, 0, sound(200, 5));
    playout.endSentence(1, 0);
    expect(inShort(carrier.sent)).toBe('5 clear');
  });

  it('counts no sound as played that waits behind the mark, when marks come back late', () => {
    playout.write(1, 0, sound(100));
    playout.endSentence(1, 0);
    playout.write(1, 1, sound(400));
    carrier.advance(300); // 200 ms of travel: by the clock alone 200 ms of the second sentence would be played
    deliver();
    carrier.advance(50);
    playout.cut(2);
    expect(events.at(-1)).toEqual({
      type: 'playout.cut',
      epoch: 1,
      heard: { sentences: 1, partial: { sentence: 1, playedMs: 50, lengthMs: 400, complete: false } },
    });
  });
});

describe('a newer stretch', () => {
  it('closes the gate behind it without a clear: what the carrier has is played out', () => {
    playout.write(1, 0, sound(30, 5));
    playout.write(3, 0, sound(20, 6));
    playout.write(2, 0, sound(20, 7));
    playout.write(1, 0, sound(20, 5));
    expect(inShort(carrier.sent)).toBe('5 6');
    pass(40);
    expect(carrier.played.map((frame) => frame[0])).toEqual([5, 6]);
  });
});

describe('silence', () => {
  it('is told once when all sound was played and more is to come, and its end', () => {
    playout.write(1, 0, sound(40));
    pass(60);
    playout.write(1, 0, sound(40));
    pass(20);
    playout.endSentence(1, 0);
    playout.end(1);
    pass(100);
    expect(events.map(({ type }) => type)).toEqual([
      'playout.started',
      'playout.starved',
      'playout.resumed',
      'playout.heard',
      'playout.finished',
    ]);
  });

  it('is measured afresh after a cut, whatever marks come back late', () => {
    playout.write(1, 0, sound(3000));
    playout.endSentence(1, 0);
    playout.cut(2);
    playout.write(2, 0, sound(40));
    carrier.advance(20);
    deliver(); // the mark of the first stretch, returned by the clear
    carrier.advance(20);
    playout.tick();
    expect(events.at(-1)).toEqual({ type: 'playout.starved', epoch: 2 });
  });
});

describe('the lead over playback', () => {
  it('stays under its limit; the rest follows as time goes by, marks in their places', () => {
    playout.write(1, 0, sound(30_000, 5));
    playout.endSentence(1, 0);
    playout.end(1);
    expect(carrier.leadMs).toBe(20_000);
    expect(carrier.sent.length).toBe(1000);
    pass(10_000);
    expect(carrier.leadMs).toBe(20_000);
    expect(inShort(carrier.sent.slice(-3))).toBe('5 e1.s0 e1.end');
    pass(20_000);
    expect(events.at(-1)).toEqual({ type: 'playout.finished', epoch: 1 });
    expect(carrier.played.length).toBe(1500);
  });

  it('lets nothing of what waits pass after a cut', () => {
    playout.write(1, 0, sound(30_000, 5));
    playout.cut(2);
    pass(1000);
    expect(carrier.sent.length).toBe(1001);
    expect(carrier.sent.at(-1)).toEqual({ type: 'clear' });
  });
});

it('is silent for ever once closed', () => {
  playout.write(1, 0, sound(40));
  playout.close();
  playout.write(9, 0, sound(40));
  playout.markReturned('e1.s0');
  playout.tick();
  expect(inShort(carrier.sent)).toBe('1 1');
  expect(events.length).toBe(1);
});

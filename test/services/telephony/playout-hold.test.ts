import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PlayoutEvent } from '../../../machines/call/events.ts';
import type { CarrierPlayout } from '../../../services/telephony/playout.ts';
import { type FakeCarrier, inShort } from './fake-carrier.ts';
import { playoutLine, sound } from './playout-line.ts';

let carrier: FakeCarrier;
let playout: CarrierPlayout;
let events: PlayoutEvent[];
let pass: (ms: number) => void;

beforeEach(() => {
  ({ carrier, playout, events, pass } = playoutLine());
});

describe('a held stretch', () => {
  it('waits whole, is told of by nothing, and sounds from its beginning when it is released', () => {
    playout.hold(1);
    playout.write(1, 0, sound(30, 5));
    playout.endSentence(1, 0);
    playout.write(1, 1, sound(20, 8));
    playout.end(1);
    pass(1000);
    expect([carrier.sent, events]).toEqual([[], []]);
    playout.release(1);
    expect(inShort(carrier.sent)).toBe('5 5 e1.s0 8 e1.s1 e1.end');
    expect(events).toEqual([{ type: 'playout.started', epoch: 1, atMs: 1007 }]);
    pass(60);
    expect(events.slice(1)).toEqual([
      { type: 'playout.heard', epoch: 1, sentence: 0 },
      { type: 'playout.heard', epoch: 1, sentence: 1 },
      { type: 'playout.finished', epoch: 1 },
    ]);
  });

  it('goes on being written after its release', () => {
    playout.hold(1);
    playout.write(1, 0, sound(30, 5));
    playout.release(1);
    expect(inShort(carrier.sent)).toBe('5');
    playout.write(1, 0, sound(30, 5));
    playout.end(1);
    expect(inShort(carrier.sent)).toBe('5 5 5 e1.s0 e1.end');
  });

  it('starts at its first sound when nothing was written before its release', () => {
    playout.hold(1);
    playout.release(1);
    expect(events).toEqual([]);
    playout.write(1, 0, sound(20, 5));
    expect([inShort(carrier.sent), events.length]).toEqual(['5', 1]);
  });

  it('finishes at its release when it ended empty', () => {
    playout.hold(1);
    playout.end(1);
    pass(100);
    expect(events).toEqual([]);
    playout.release(1);
    expect(events).toEqual([{ type: 'playout.finished', epoch: 1 }]);
    expect(carrier.sent).toEqual([]);
  });

  it('keeps to the lead when it is released', () => {
    playout.hold(1);
    playout.write(1, 0, sound(30_000, 5));
    playout.end(1);
    playout.release(1);
    expect(carrier.leadMs).toBe(20_000);
    pass(30_000);
    expect([carrier.played.length, events.at(-1)]).toEqual([1500, { type: 'playout.finished', epoch: 1 }]);
  });

  it('is dropped by a cut: nothing was heard, nothing is cleared, nothing is retained', () => {
    playout.hold(1);
    playout.write(1, 0, sound(1000, 5));
    playout.end(1);
    playout.cut(2);
    expect(events).toEqual([{ type: 'playout.cut', epoch: 1, heard: { sentences: 0 } }]);
    playout.release(1);
    playout.write(1, 1, sound(20, 5));
    playout.replay(2, 0);
    pass(100);
    expect(carrier.sent).toEqual([]);
  });

  it('is cut as such also when nothing was written of it', () => {
    playout.hold(1);
    playout.cut(2);
    expect(events).toEqual([{ type: 'playout.cut', epoch: 1, heard: { sentences: 0 } }]);
  });

  it('is told of before its first frame can be cut again by a listener', () => {
    playout.subscribe(({ type }) => type === 'playout.started' && playout.cut(2));
    playout.hold(1);
    playout.write(1, 0, sound(200, 5));
    playout.end(1);
    playout.release(1);
    expect(inShort(carrier.sent)).toBe('5 clear');
    expect(events.map(({ type }) => type)).toEqual(['playout.started', 'playout.cut']);
  });

  it('lets the sound of an older stretch play out, and a cut clears that', () => {
    playout.write(1, 0, sound(100, 5));
    playout.hold(2);
    playout.write(2, 0, sound(20, 6));
    playout.write(1, 0, sound(100, 5));
    playout.cut(3);
    expect(inShort(carrier.sent)).toBe('5 5 5 5 5 clear');
    expect(events.at(-1)).toEqual({ type: 'playout.cut', epoch: 2, heard: { sentences: 0 } });
  });

  it('is abandoned when a higher stretch begins', () => {
    playout.hold(1);
    playout.write(1, 0, sound(20, 5));
    playout.write(2, 0, sound(20, 6));
    playout.release(1);
    expect(inShort(carrier.sent)).toBe('6');
  });

  it('is not released by another epoch', () => {
    playout.hold(2);
    playout.write(2, 0, sound(20, 5));
    playout.release(1);
    playout.release(3);
    expect(carrier.sent).toEqual([]);
  });
});

describe('hold', () => {
  it('does nothing below the gate', () => {
    playout.cut(5);
    playout.hold(4);
    playout.write(5, 0, sound(20, 5));
    expect(inShort(carrier.sent)).toBe('5');
  });

  it('does nothing to a stretch that has begun', () => {
    playout.write(1, 0, sound(20, 5));
    playout.hold(1);
    playout.write(1, 0, sound(20, 6));
    expect(inShort(carrier.sent)).toBe('5 6');
  });

  it('does nothing on a line that is gone', () => {
    playout.close();
    playout.hold(1);
    playout.write(1, 0, sound(20, 5));
    playout.release(1);
    expect(carrier.sent).toEqual([]);
  });
});

it('a held answer shorter than a frame is padded, played and acknowledged', () => {
  playout.hold(1);
  playout.write(1, 0, sound(10, 5));
  playout.endSentence(1, 0);
  playout.end(1);
  playout.release(1);
  pass(20);
  expect(carrier.played).toEqual([Uint8Array.of(...sound(10, 5), ...sound(10, 0xff))]);
  expect(events).toEqual([
    { type: 'playout.started', epoch: 1, atMs: 7 },
    { type: 'playout.heard', epoch: 1, sentence: 0 },
    { type: 'playout.finished', epoch: 1 },
  ]);
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PlayoutEvent } from '../../../machines/call/events.ts';
import type { CarrierPlayout } from '../../../services/telephony/playout.ts';
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

/** Loud bytes that count, so that each place can be told. */
const counted = (ms: number): Uint8Array => Uint8Array.from({ length: ms * 8 }, (_, at) => at % 61);
const bytesSent = (fromFrame: number): Uint8Array => new Uint8Array(Buffer.concat(carrier.frames.slice(fromFrame)));
const reports = (): PlayoutEvent[] => events.filter(({ type }) => type === 'playout.cut');

/** Three sentences of a second; the first was heard, and a half of the second. */
const interrupted = (): void => {
  for (const sentence of [0, 1, 2]) {
    playout.write(1, sentence, sound(1000, 5 + sentence));
    playout.endSentence(1, sentence);
  }
  pass(1500);
  playout.cut(2);
};

describe('a replay', () => {
  it('says the rest of the sentence that was cut, and those behind it, as sentences of their own stretch', () => {
    interrupted();
    expect(reports()).toEqual([
      {
        type: 'playout.cut',
        epoch: 1,
        heard: {
          sentences: 1,
          partial: { sentence: 1, playedMs: 500, lengthMs: 1000, complete: true },
          retained: 2,
        },
      },
    ]);
    const [frames, sent, told] = [carrier.frames.length, carrier.sent.length, events.length];
    deliver();
    playout.replay(2, 500);
    playout.end(2);
    expect(inShort(carrier.sent.slice(sent))).toBe(`${'6 '.repeat(25)}e2.s0 ${'7 '.repeat(50)}e2.s1 e2.end`);
    expect(carrier.frames.slice(frames).every(({ length }) => length === 160)).toBe(true);
    pass(1500);
    expect(events.slice(told)).toEqual([
      { type: 'playout.started', epoch: 2, atMs: 1507 },
      { type: 'playout.heard', epoch: 2, sentence: 0 },
      { type: 'playout.heard', epoch: 2, sentence: 1 },
      { type: 'playout.finished', epoch: 2 },
    ]);
  });

  it('begins at the very byte, and frames it anew', () => {
    const audio = counted(333);
    playout.write(1, 0, audio.subarray(0, 1001));
    playout.write(1, 0, audio.subarray(1001));
    playout.end(1);
    playout.cut(2);
    const frames = carrier.frames.length;
    playout.replay(2, 111);
    playout.end(2);
    const rest = audio.slice(888);
    const padding = new Uint8Array(160 - (rest.length % 160)).fill(0xff);
    expect(bytesSent(frames)).toEqual(Uint8Array.of(...rest, ...padding));
  });

  it('begins at a quiet point, if there is one just before', () => {
    playout.write(1, 0, sound(300, 5));
    playout.write(1, 0, sound(40, 0xff));
    playout.write(1, 0, sound(300, 5));
    playout.end(1);
    playout.cut(2);
    const frames = carrier.frames.length;
    playout.replay(2, 500);
    playout.endSentence(2, 0);
    expect(bytesSent(frames)).toEqual(Uint8Array.of(...sound(10, 0xff), ...sound(300, 5), ...sound(10, 0xff)));
  });

  it('takes more sentences behind those that it says again', () => {
    interrupted();
    const sent = carrier.sent.length;
    playout.replay(2, 980);
    playout.write(2, 1, sound(20, 9));
    playout.write(2, 2, sound(20, 8));
    playout.end(2);
    expect(inShort(carrier.sent.slice(sent))).toBe(`6 e2.s0 ${'7 '.repeat(50)}e2.s1 8 e2.s2 e2.end`);
  });

  it('is of what was sent and of what waited to be sent alike', () => {
    playout.write(1, 0, sound(30_000, 5));
    playout.write(1, 1, sound(20, 6));
    playout.end(1);
    playout.cut(2);
    expect(reports()[0]).toEqual({ type: 'playout.cut', epoch: 1, heard: { sentences: 0, retained: 2 } });
    playout.replay(2, 0);
    playout.end(2);
    pass(31_000);
    expect(carrier.played.length).toBe(1501);
    expect(events.at(-1)).toEqual({ type: 'playout.finished', epoch: 2 });
  });

  it('can be cut and replayed again, counted from where it began', () => {
    interrupted();
    playout.replay(2, 500);
    pass(200);
    playout.cut(3);
    expect(reports()[1]).toEqual({
      type: 'playout.cut',
      epoch: 2,
      heard: { sentences: 0, partial: { sentence: 0, playedMs: 200, lengthMs: 500, complete: true }, retained: 2 },
    });
    const sent = carrier.sent.length;
    playout.replay(3, 200);
    expect(inShort(carrier.sent.slice(sent))).toBe(`${'6 '.repeat(15)}e3.s0 ${'7 '.repeat(50)}e3.s1`);
  });

  it('has only the mark of a first sentence that is skipped whole', () => {
    interrupted();
    const sent = carrier.sent.length;
    playout.replay(2, 1000);
    expect(inShort(carrier.sent.slice(sent))).toBe(`e2.s0 ${'7 '.repeat(50)}e2.s1`);
  });

  it('is an empty stretch when nothing was retained', () => {
    playout.replay(1, 0);
    playout.end(1);
    expect([carrier.sent, events]).toEqual([[], [{ type: 'playout.finished', epoch: 1 }]]);
  });

  it('does nothing below the gate, nor to a stretch that has begun', () => {
    interrupted();
    const sent = carrier.sent.length;
    playout.replay(1, 0);
    playout.replay(2, 980);
    playout.replay(2, 0);
    expect(inShort(carrier.sent.slice(sent))).toBe(`6 e2.s0 ${'7 '.repeat(50)}e2.s1`);
  });

  it.each([
    ['another stretch was written', () => playout.write(2, 0, new Uint8Array(0))],
    ['another stretch was held', () => playout.hold(2)],
    ['it was replayed', () => playout.replay(2, 0)],
    ['the line is gone', () => playout.close()],
  ])('has nothing left once %s', (_, happen) => {
    interrupted();
    happen();
    const sent = carrier.sent.length;
    playout.replay(3, 0);
    playout.end(3);
    expect(carrier.sent.slice(sent)).toEqual([]);
  });
});

describe('what is retained', () => {
  it('survives a cut of nothing', () => {
    interrupted();
    playout.cut(3);
    const sent = carrier.sent.length;
    playout.replay(3, 980);
    expect(inShort(carrier.sent.slice(sent))).toBe(`6 e3.s0 ${'7 '.repeat(50)}e3.s1`);
  });

  it('is no sentence that is still being written, and none behind it', () => {
    playout.write(1, 0, sound(100));
    playout.endSentence(1, 0);
    playout.write(1, 1, sound(100));
    playout.cut(2);
    expect(reports()[0]).toEqual({ type: 'playout.cut', epoch: 1, heard: { sentences: 0, retained: 1 } });
  });

  it('is at most a minute: nothing of the sentence that exceeds it, nor of those behind', () => {
    playout.write(1, 0, sound(59_000));
    playout.write(1, 1, sound(1000));
    playout.write(1, 2, sound(1));
    playout.write(1, 3, new Uint8Array(0));
    playout.end(1);
    playout.cut(2);
    expect(reports()[0]).toEqual({ type: 'playout.cut', epoch: 1, heard: { sentences: 0, retained: 2 } });
  });

  it('makes room again as sentences are heard', () => {
    playout.write(1, 0, sound(10_000));
    playout.endSentence(1, 0);
    pass(10_000);
    playout.write(1, 1, sound(55_000));
    playout.end(1);
    playout.cut(2);
    expect(reports()[0]).toEqual({ type: 'playout.cut', epoch: 1, heard: { sentences: 1, retained: 1 } });
  });
});

it('an answer shorter than a frame is padded, played and acknowledged, also when it is replayed', () => {
  playout.write(1, 0, sound(10, 5));
  playout.endSentence(1, 0);
  playout.end(1);
  carrier.advance(5);
  playout.cut(2);
  playout.replay(2, 5);
  playout.end(2);
  deliver();
  pass(20);
  expect(carrier.played).toEqual([Uint8Array.of(...sound(5, 5), ...sound(15, 0xff))]);
  expect(events).toEqual([
    { type: 'playout.started', epoch: 1, atMs: 7 },
    {
      type: 'playout.cut',
      epoch: 1,
      heard: {
        sentences: 0,
        partial: { sentence: 0, playedMs: 5, lengthMs: 10, complete: true },
        retained: 1,
      },
    },
    { type: 'playout.started', epoch: 2, atMs: 12 },
    { type: 'playout.heard', epoch: 2, sentence: 0 },
    { type: 'playout.finished', epoch: 2 },
  ]);
});

import { describe, expect, it } from '@jest/globals';
import type { Utterance } from '../../../emulators/deepgram/speak/utterance-log.ts';
import { accountForSound, type ServerSound } from '../../../emulators/vendors/sound-account.ts';

/** Sound whose every frame is another; no two utterances share one. */
const utterance = (number: number, bytes: number, ends: Partial<Utterance> = {}): Utterance => ({
  number,
  socket: 0,
  text: `Sentence ${number}.`,
  spokenAtMs: number,
  audio: Uint8Array.from({ length: bytes }, (_, index) => (index % 160 === 0 ? number : Math.floor(index / 160))),
  lastAudioAtMs: undefined,
  flushedAtMs: number,
  clearedAtMs: undefined,
  ...ends,
});

const FIRST = utterance(1, 480);
const SECOND = utterance(2, 400);
const OTHERS = utterance(3, 320);
const ALL = [FIRST, SECOND, OTHERS];

/** A frame of an utterance; behind its end is silence. */
const frame = ({ audio }: Utterance, number: number): ServerSound => {
  const mulaw = new Uint8Array(160).fill(0xff);
  mulaw.set(audio.subarray(number * 160, number * 160 + 160));
  return { type: 'media', mulaw, atMs: 0 };
};
const CLEAR: ServerSound = { type: 'clear', atMs: 0 };
const NONE = { lost: 0, repeated: 0, reordered: 0, stale: 0, unknown: 0 };

/** What is wrong, and how much of each utterance came. */
const account = (sounds: readonly ServerSound[], taken = new Set<Utterance>()) => {
  const { sounded, ...counts } = accountForSound(sounds, ALL, taken);
  return { ...counts, sounded: sounded.map(({ utterance: { number }, bytes, cutBy }) => [number, bytes, cutBy]) };
};

const first = [0, 1, 2].map((number) => frame(FIRST, number));
const second = [0, 1, 2].map((number) => frame(SECOND, number));

describe('the account of the sound of a call', () => {
  it('finds nothing wrong with sentences that came whole, the last frame filled with silence', () => {
    expect(account([...first, ...second])).toEqual({
      ...NONE,
      frames: 6,
      sounded: [
        [1, 480, undefined],
        [2, 400, undefined],
      ],
    });
  });

  it('knows that a clear cuts what sounds, and only that', () => {
    expect(account([...first.slice(0, 2), CLEAR, ...second, CLEAR])).toEqual({
      ...NONE,
      frames: 5,
      sounded: [
        [1, 320, 0],
        [2, 400, undefined],
      ],
    });
  });

  it.each<[string, ServerSound[], object]>([
    ['a frame is missing within a sentence', [frame(FIRST, 0), frame(FIRST, 2), ...second], { lost: 1 }],
    ['frames are missing at the end of a sentence', [frame(FIRST, 0), ...second], { lost: 2 }],
    ['frames are missing at the end of the call', [...first, frame(SECOND, 0)], { lost: 2 }],
    ['a frame comes twice', [frame(FIRST, 0), frame(FIRST, 1), frame(FIRST, 1), frame(FIRST, 2)], { repeated: 1 }],
    ['a sentence comes twice', [...first, ...first], { repeated: 3 }],
    ['the later sentence comes first', [...second, ...first], { reordered: 1 }],
    ['a frame of the older answer comes behind the clear', [frame(FIRST, 0), CLEAR, frame(FIRST, 1)], { stale: 1 }],
    [
      'a frame of the older answer comes behind the clear, in the middle of the next answer',
      [frame(FIRST, 0), CLEAR, frame(SECOND, 0), frame(FIRST, 1), frame(SECOND, 1), frame(SECOND, 2)],
      { stale: 1 },
    ],
    ['a sentence begins in its middle', [frame(FIRST, 1), frame(FIRST, 2)], { unknown: 2 }],
    ['a frame is no sound of the voice', [{ type: 'media', mulaw: new Uint8Array(160), atMs: 0 }], { unknown: 1 }],
    [
      'a frame was changed',
      [{ type: 'media', mulaw: new Uint8Array(160).fill(7), atMs: 0 }, ...second],
      { unknown: 1 },
    ],
  ])('counts it when %s', (_, sounds, wrong) => {
    expect(account(sounds)).toMatchObject({ ...NONE, ...wrong });
  });

  it('counts the frames of a sentence that another phone has got', () => {
    const taken = new Set<Utterance>();
    expect(account([...first], taken)).toMatchObject(NONE);
    expect(account([...second, ...first], taken)).toMatchObject({ ...NONE, repeated: 3 });
  });
});

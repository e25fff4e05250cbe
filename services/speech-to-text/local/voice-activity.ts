import { levelDbfs } from '../../../codecs/level.ts';
import { keyShare, periodicity, tilt } from './voicing.ts';

/** What a frame sounds like: a vowel; something else that is loud, perhaps a consonant; a breath or a key; the line. */
export type Activity = 'voiced' | 'loud' | 'quiet' | 'silent';

/** Speech is this much louder than the line's noise (dB), ... */
const ABOVE_FLOOR = 10;
/** ... never quieter than this (dBFS): below lies line noise, ... */
const LOWEST_GATE = -48;
/** ... and always heard at this level, however loud the noise. */
const HIGHEST_GATE = -25;
/** What is no louder than this (dBFS), or than the floor and this (dB), is the line itself. */
const SILENCE = -60;
const SILENCE_ABOVE_FLOOR = 4;
const LOWEST_FLOOR = -70;
const INITIAL_FLOOR = -60;
/** The floor follows a falling level by this share of a frame's difference, ... */
const FALL = 0.3;
/** ... and rises by at most this much a frame (dB): 10 dB in 2 s of steady noise, hardly in a word. */
const RISE = 0.1;

const VOICED_TILT = 0.3;
const VOICED_PERIODICITY = 0.5;
/** A voice reaches 0.66 in the tones of a key, a key 0.98. */
const KEY_SHARE = 0.8;

const FRAME = 160;

/**
 * Judges the caller's audio frame by frame. Digital silence, line noise, white noise at any level and the keys of a
 * telephone are never voiced; steady noise of other kinds is not loud any more after a second or two.
 *
 * The WebRTC detector was measured and is not used: at 8 kHz it takes white noise and keys for speech (100 of 100
 * frames in each mode).
 */
export class VoiceActivity {
  #floor = INITIAL_FLOOR;
  /** The last 40 ms at half the rate. */
  readonly #halved = new Float64Array(FRAME);

  /** @param frame 20 ms: 160 samples, 8 kHz, 16 bits */
  judge(frame: Int16Array): Activity {
    this.#halve(frame);
    const level = Math.max(LOWEST_FLOOR, levelDbfs(frame));
    const gate = Math.min(HIGHEST_GATE, Math.max(LOWEST_GATE, this.#floor + ABOVE_FLOOR));
    if (level <= gate) {
      this.#follow(level);
      return level <= Math.max(SILENCE, this.#floor + SILENCE_ABOVE_FLOOR) ? 'silent' : 'quiet';
    }
    if (keyShare(frame) > KEY_SHARE) return 'quiet';
    if (tilt(frame) > VOICED_TILT && periodicity(this.#halved) > VOICED_PERIODICITY) return 'voiced';
    this.#follow(level);
    return 'loud';
  }

  #follow(level: number): void {
    this.#floor += level < this.#floor ? FALL * (level - this.#floor) : Math.min(RISE, level - this.#floor);
  }

  #halve(frame: Int16Array): void {
    this.#halved.copyWithin(0, FRAME / 2);
    for (let index = 0; index < FRAME / 2; index += 1) {
      this.#halved[FRAME / 2 + index] = (frame[2 * index] as number) + (frame[2 * index + 1] as number);
    }
  }
}

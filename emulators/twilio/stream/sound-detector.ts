import { mulawSample } from '../../../codecs/g711/mulaw.ts';

/** Linear 16-bit amplitude above which a sample is sound: about -42 dB of full scale, above synthesisers' noise floor. */
const AUDIBLE_AMPLITUDE = 260;

const audible = Uint8Array.from({ length: 256 }, (_, code) =>
  Math.abs(mulawSample(code)) > AUDIBLE_AMPLITUDE ? 1 : 0,
);

/** Where sound begins and where it ended, in samples of the stream. */
export interface SoundEdges {
  started(atSample: number): void;
  /** Reported once the pause has lasted; `atSample` is where it began. */
  stopped(atSample: number): void;
}

/** Tells sound from silence: an edge at the first audible sample, and one behind the last before a long enough pause. */
export class SoundDetector {
  readonly #edges: SoundEdges;
  readonly #pause: number;
  /** One behind the last audible sample; undefined in silence. */
  #soundedUntil: number | undefined;

  /** @param pause how many samples without sound are silence; shorter ones belong to speech */
  constructor(pause: number, edges: SoundEdges) {
    this.#pause = pause;
    this.#edges = edges;
  }

  /** Hears µ-law audio; positions never decrease, what was skipped was silence. */
  hear(fromSample: number, audio: Uint8Array): void {
    for (let index = 0; index < audio.length; index += 1) {
      if (audible[audio[index] as number] === 0) continue;
      const sample = fromSample + index;
      this.settle(sample);
      if (this.#soundedUntil === undefined) this.#edges.started(sample);
      this.#soundedUntil = sample + 1;
    }
    this.settle(fromSample + audio.length);
  }

  /** Time has come to `now`: reports the end of sound when the pause is long enough. */
  settle(now: number): void {
    if (this.#soundedUntil !== undefined && now - this.#soundedUntil >= this.#pause) this.finish();
  }

  /** Nothing more will be heard. */
  finish(): void {
    const end = this.#soundedUntil;
    this.#soundedUntil = undefined;
    if (end !== undefined) this.#edges.stopped(end);
  }
}

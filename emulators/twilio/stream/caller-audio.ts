import { MULAW_SILENCE } from '../../../codecs/g711/mulaw.ts';

/** Whether queued caller audio went out whole, or the call ended first. */
export type AudioFate = 'sent' | 'dropped';

interface Utterance {
  readonly audio: Uint8Array;
  readonly settle: (fate: AudioFate) => void;
}

/** What the caller is going to say, in order. Belongs to the call: what one stream did not take, the next one does. */
export class CallerAudio {
  readonly #utterances: Utterance[] = [];
  #offset = 0;
  #closed = false;

  /** Queues µ-law audio behind what is already waiting. */
  push(audio: Uint8Array): Promise<AudioFate> {
    if (this.#closed) return Promise.resolve('dropped');
    if (audio.length === 0) return Promise.resolve('sent');
    return new Promise((settle) => this.#utterances.push({ audio, settle }));
  }

  /** Fills the frame with what comes next, and with silence where nothing does. */
  take(frame: Uint8Array): void {
    let filled = 0;
    for (let next = this.#utterances[0]; next !== undefined && filled < frame.length; next = this.#utterances[0]) {
      const part = next.audio.subarray(this.#offset, this.#offset + frame.length - filled);
      frame.set(part, filled);
      filled += part.length;
      this.#offset += part.length;
      if (this.#offset < next.audio.length) continue;
      this.#utterances.shift();
      this.#offset = 0;
      next.settle('sent');
    }
    frame.fill(MULAW_SILENCE, filled);
  }

  /** The call is over: nothing more will be sent. */
  close(): void {
    this.#closed = true;
    for (const { settle } of this.#utterances.splice(0)) settle('dropped');
  }
}

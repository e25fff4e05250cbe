import type { CallerEvent } from '../../../machines/call/events.ts';
import type { SpeechToText, SpeechToTextSession } from '../../../machines/call/ports.ts';
import type { TurnStep } from './turn.ts';

export interface RecogniserEarOptions {
  readonly recogniser: SpeechToText;
  readonly topic: string;
  /** Takes what was heard as steps of a turn, in a legal order; `atMs` is always now, so it is left out. */
  say(step: Untimed<TurnStep>): void;
  /** The recogniser is gone, or did not open. */
  onLost(): void;
}

type Untimed<Step> = Step extends unknown ? Omit<Step, 'atMs'> : never;

/** Lets any recogniser of ours hear for Flux: real speech in, Flux's events out. */
export class RecogniserEar {
  readonly #options: RecogniserEarOptions;
  readonly #abort = new AbortController();
  /** Audio that came before the recogniser was open. */
  readonly #early: Uint8Array[] = [];
  #session: SpeechToTextSession | undefined;
  /** Text of the turn so far; Flux's turns begin with their first words, not with the first sound. */
  #text = '';
  #guessed = false;

  constructor(options: RecogniserEarOptions) {
    const { recogniser, topic, onLost } = options;
    this.#options = options;
    recogniser.open({ signal: this.#abort.signal, topic, on: (event) => this.#hear(event), onLost }).then(
      (session) => {
        this.#session = session;
        for (const audio of this.#early.splice(0)) session.write(audio);
      },
      () => {
        if (!this.#abort.signal.aborted) onLost();
      },
    );
  }

  /** µ-law, 8 kHz. */
  write(audio: Uint8Array): void {
    if (this.#session) this.#session.write(audio);
    else this.#early.push(audio);
  }

  close(): void {
    this.#abort.abort();
  }

  #hear(event: CallerEvent): void {
    switch (event.type) {
      case 'caller.speechStarted':
        break;
      case 'caller.interim':
        this.#grow(event.text);
        break;
      case 'caller.eagerEndOfTurn':
        this.#grow(event.text);
        if (this.#text === '' || this.#guessed) break;
        this.#guessed = true;
        this.#options.say({ event: 'EagerEndOfTurn' });
        break;
      case 'caller.turnResumed':
        this.#resume();
        break;
      case 'caller.endOfTurn':
        this.#end(event);
        break;
    }
  }

  #grow(text: string): void {
    if (text === '' || text === this.#text) return;
    this.#resume();
    this.#options.say({ event: this.#text === '' ? 'StartOfTurn' : 'Update', text });
    this.#text = text;
  }

  #resume(): void {
    if (!this.#guessed) return;
    this.#guessed = false;
    this.#options.say({ event: 'TurnResumed' });
  }

  #end({ text, confidence, words }: CallerEvent & { readonly type: 'caller.endOfTurn' }): void {
    this.#grow(text);
    if (this.#text === '') return;
    this.#text = '';
    this.#guessed = false;
    const heard = words.map(({ word, startMs, endMs }) => ({
      word,
      confidence,
      start: startMs / 1000,
      end: endMs / 1000,
    }));
    this.#options.say({ event: 'EndOfTurn', confidence, ...(heard.length > 0 && { words: heard }) });
  }
}

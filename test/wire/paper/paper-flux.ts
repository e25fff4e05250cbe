import type { Failure } from '../../../machines/call/events.ts';
import type { SpeechToText, SpeechToTextOptions, SpeechToTextSession } from '../../../machines/call/ports.ts';
import { TurnReader } from '../../../services/speech-to-text/deepgram-flux/turn-reader.ts';
import type { TurnSaid } from '../hands.ts';
import { TurnInfos } from '../turn-infos.ts';
import { inEarnest } from './in-earnest.ts';

/** What the adapter makes of a socket that breaks. */
const BROKEN: Failure = { code: 'network', message: 'broken', retryable: true };
/** What it makes of Flux's fatal error about a message of ours. */
const REFUSED: Failure = { code: 'bad-request', message: 'refused', retryable: false };

/** Flux on paper: what it says goes through the adapter's own reader. */
export class PaperFlux implements SpeechToText {
  /** Sessions that were asked for. */
  sessions = 0;
  /** What the session says of its turns. */
  turns = new TurnInfos();
  #call: SpeechToTextOptions | undefined;
  #settle: { accept(session: SpeechToTextSession): void; reject(failure: Failure): void } | undefined;
  #reader: TurnReader | undefined;

  get phase(): 'none' | 'connecting' | 'open' {
    if (!this.#call || this.#call.signal.aborted) return 'none';
    return this.#reader ? 'open' : 'connecting';
  }

  open(call: SpeechToTextOptions): Promise<SpeechToTextSession> {
    inEarnest(call.signal, () => {
      this.sessions += 1;
    });
    this.#call = call;
    this.#reader = undefined;
    this.turns = new TurnInfos();
    return new Promise((accept, reject) => {
      this.#settle = { accept, reject };
    });
  }

  connect(): void {
    this.#reader = new TurnReader((event) => {
      if (!this.#call?.signal.aborted) this.#call?.on(event);
    });
    this.#settle?.accept({ write() {}, expect() {} });
  }

  break(): void {
    this.#end(BROKEN);
  }

  refuse(): void {
    this.#end(REFUSED);
  }

  #end(failure: Failure): void {
    const [call, open] = [this.#call, this.#reader !== undefined];
    this.#call = undefined;
    if (open) call?.onLost(failure);
    else this.#settle?.reject(failure);
  }

  say(said: TurnSaid): void {
    this.#reader?.read(this.turns.next(said));
  }
}

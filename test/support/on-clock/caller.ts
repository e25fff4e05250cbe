import type { CallerEvent, Failure } from '../../../machines/call/events.ts';
import type { SpeechToText, SpeechToTextOptions, SpeechToTextSession } from '../../../machines/call/ports.ts';
import type { Timeline } from './timeline.ts';

const LOST: Failure = { code: 'network', message: 'the connection was lost', retryable: true };

/** When the caller speaks (ms), and what the recogniser makes of it. */
export interface Utterance {
  readonly from: number;
  readonly to: number;
  /** When the first words are told; `none`: never before the end. Default 300 ms after `from`. */
  readonly interim?: number | 'none';
  /** When the end of turn is told; `none`: never. Default 200 ms after `to`. */
  readonly final?: number | 'none';
  /** When the recogniser believes that the turn has ended. */
  readonly eager?: number;
}

/** The caller and the recogniser that listens, in virtual time: utterances are scheduled, and told as the events of theirs. */
export class CallerOnClock implements SpeechToText {
  readonly #timeline: Timeline;
  #session: SpeechToTextOptions | undefined;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  async open(options: SpeechToTextOptions): Promise<SpeechToTextSession> {
    this.#timeline.note('recogniser opened');
    this.#session = options;
    return { write: () => {}, expect: () => {} };
  }

  says(text: string, { from, to, interim = from + 300, final = to + 200, eager }: Utterance): void {
    if (interim !== 'none') {
      this.tells(interim, { type: 'caller.speechStarted' });
      this.tells(interim, { type: 'caller.interim', text });
    }
    if (eager !== undefined) this.tells(eager, { type: 'caller.eagerEndOfTurn', text });
    if (final !== 'none') this.tells(final, { type: 'caller.endOfTurn', text, confidence: 0.9, words: [] });
  }

  /** At this moment, the recogniser says so. */
  tells(at: number, event: CallerEvent): void {
    this.#timeline.at(at, () => this.tell(event));
  }

  /** The recogniser says so now. */
  tell(event: CallerEvent): void {
    this.#session?.on(event);
  }

  /** At this moment, the connection to the recogniser is lost. */
  isLost(at: number): void {
    this.#timeline.at(at, () => this.#session?.onLost(LOST));
  }
}

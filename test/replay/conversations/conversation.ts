import type { Failure, Heard, NextStep } from '../../../machines/call/events.ts';
import type { callOnPaper } from '../../support/call-on-paper.ts';

/** The milliseconds of an ordinary call. */
const RECOGNISER_OPENS = 380;
const FIRST_INTERIM = 240;
const REST_OF_AN_UTTERANCE = 900;
const FIRST_TOKEN = 310;
const NEXT_SENTENCE = 90;
const FIRST_BYTE = 120;
const FIRST_FRAME = 20;
/** Of speech, per character. */
const PACE = 60;

const FAILURE: Failure = { code: 'unavailable', message: 'down', retryable: false };

type CallOnPaper = ReturnType<typeof callOnPaper>;

/**
 * People and engines at an ordinary pace, on a call on paper: what each of them does is one line in a script. Time passes by
 * itself; nothing is left to chance.
 */
export class Conversation {
  readonly #call: CallOnPaper;

  constructor(call: CallOnPaper) {
    this.#call = call;
  }

  get call(): CallOnPaper {
    return this.#call;
  }

  wait(ms: number): void {
    this.#call.clock.advance(ms);
  }

  /** The recogniser opens, and the agent begins to speak. */
  begins(): void {
    this.sounds();
    this.wait(RECOGNISER_OPENS);
    this.#call.say({ type: 'recognition.live' });
  }

  /** The first sound of the present stretch of speech. */
  sounds(): void {
    this.wait(FIRST_BYTE);
    this.#call.say({ type: 'voice.started', epoch: this.#call.epoch() });
    this.wait(FIRST_FRAME);
    this.released();
  }

  /** Sound that was held, or that was there already, goes out. */
  released(): void {
    this.#call.started();
  }

  /** The caller hears the present stretch of speech to its end. */
  hearsItAll(): void {
    const { saying, heardSentences } = this.#call.context;
    saying.slice(heardSentences).forEach((text, index) => {
      this.wait(text.length * PACE);
      this.#call.heard(heardSentences + index);
    });
    this.#call.say({ type: 'voice.finished', epoch: this.#call.epoch() });
    this.#call.played();
  }

  /** The agent recites, and is heard: a greeting, a prompt, a goodbye. */
  recites(): void {
    this.sounds();
    this.hearsItAll();
  }

  greets(): void {
    this.begins();
    this.hearsItAll();
  }

  /** The caller begins to speak; the first words are recognised. */
  beginsToSay(words: string): void {
    this.#call.starts();
    this.wait(FIRST_INTERIM);
    this.#call.interim(words);
  }

  endsWith(text: string): void {
    this.wait(REST_OF_AN_UTTERANCE);
    this.#call.say({
      type: 'caller.endOfTurn',
      text,
      confidence: 0.92,
      words: text.split(' ').map((word, index) => ({ word, startMs: index * 200, endMs: index * 200 + 180 })),
      speechEndMs: this.#call.clock.now - 300,
    });
  }

  says(text: string): void {
    this.beginsToSay(text.split(' ').slice(0, 2).join(' '));
    this.endsWith(text);
  }

  /** The recogniser guesses that the turn has ended. */
  seemsToEndWith(text: string): void {
    this.wait(REST_OF_AN_UTTERANCE);
    this.#call.say({ type: 'caller.eagerEndOfTurn', text });
  }

  /** The model writes. */
  writes(...sentences: string[]): void {
    this.wait(FIRST_TOKEN);
    this.#call.say({ type: 'reply.started', epoch: this.#call.epoch() });
    for (const text of sentences) {
      this.wait(NEXT_SENTENCE);
      this.#call.sentence(text);
    }
  }

  finishes(next: NextStep = 'listen'): void {
    this.#call.finished(next);
  }

  /** The model answers, and begins to be heard. */
  answers(...sentences: string[]): void {
    this.writes(...sentences);
    this.sounds();
    this.finishes();
  }

  usesTool(name: string): void {
    const epoch = this.#call.epoch();
    this.#call.say({ type: 'reply.toolCalled', epoch, id: 'one', name, arguments: '{"day":"friday"}' });
  }

  toolReturns(): void {
    this.#call.say({ type: 'reply.toolReturned', epoch: this.#call.epoch(), id: 'one', result: '{"free":2}' });
  }

  replyFails(): void {
    this.wait(FIRST_TOKEN);
    this.#call.say({ type: 'reply.failed', epoch: this.#call.epoch(), failure: FAILURE });
  }

  /** So much of the present stretch was heard, should it be cut now. */
  wasHeardFor(ms: number, retained = 0): void {
    this.wait(ms);
    const { saying, heardSentences } = this.#call.context;
    const lengthMs = (saying[heardSentences]?.length ?? 0) * PACE;
    const partial = { sentence: heardSentences, playedMs: ms, lengthMs, complete: true };
    const heard: Heard = { sentences: heardSentences, partial, ...(retained > 0 && { retained }) };
    this.#call.willHaveHeard(heard);
  }

  losesRecogniser(): void {
    this.#call.say({ type: 'recognition.lost', failure: { ...FAILURE, code: 'network', retryable: true } });
  }

  hangsUp(): void {
    this.#call.say({ type: 'line.stopped' });
  }
}

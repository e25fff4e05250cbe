import { styleText } from 'node:util';
import { conversationState } from '../../journal/describe-step.ts';
import { SpokenWords } from '../../journal/describe-words.ts';
import type { CallSnapshot } from '../../journal/replay.ts';
import type { CallEvent } from '../../machines/call/events.ts';
import type { CallerLine } from './script.ts';
import { wrap } from './wrap.ts';

type Format = Parameters<typeof styleText>[0];

export interface LiveViewOptions {
  readonly print: (line: string) => void;
  /** Milliseconds since the call began. */
  readonly elapsed: () => number;
  readonly colour: boolean;
  /** Characters a line may have; longer text goes on under itself. Default: no limit. */
  readonly width?: number;
}

/** Columns of the time and the speaker. */
const MARGIN = 18;

/**
 * A call in a terminal while it happens: the state of its chart, both transcripts, and how long each answer took.
 *
 * It looks at events and states alone, as the journal does. What the caller says is shown as it was recognised; what the
 * agent says, sentence by sentence as it begins to sound.
 */
export class LiveView {
  readonly #options: LiveViewOptions;
  readonly #words = new SpokenWords();
  #state = '';
  #speechEndMs: number | undefined;
  #hearing = '';

  constructor(options: LiveViewOptions) {
    this.#options = options;
  }

  title(text: string): void {
    this.#options.print(this.#paint('bold', text));
  }

  /** What the script is about to send down the line, as sound. */
  saying({ says, shows }: CallerLine): void {
    this.#line('dim', 'script', `${shows}: “${says}”`);
  }

  /** One event that the call has processed, and the state after it. */
  saw(event: CallEvent, snapshot: CallSnapshot): void {
    if (event.type === 'caller.interim') this.#hearing = event.text;
    if (event.type === 'caller.endOfTurn') this.#speechEndMs = event.speechEndMs;
    if (event.type === 'reply.toolCalled') this.#line('yellow', 'tool', `${event.name} ${event.arguments}`);
    if (event.type === 'playout.cut') this.#cut(event);
    if (event.type === 'playout.started') this.#waited(event.atMs);
    const lines = this.#words.after(event, snapshot);
    for (const { text } of lines.filter(({ who }) => who === 'caller')) this.#line('cyan', 'caller', text);
    this.#changed(snapshot);
    for (const { text } of lines.filter(({ who }) => who === 'agent')) this.#line('green', 'agent', text);
  }

  #cut({ heard: { partial } }: Extract<CallEvent, { type: 'playout.cut' }>): void {
    const where = partial ? `${(partial.playedMs / 1000).toFixed(1)} s into this sentence` : 'between two sentences';
    this.#line('red', 'cut', `${where}, by “${this.#hearing} …”; the carrier's buffer is cleared`);
  }

  /** @param atMs when the first sound of an answer left, on the audio clock that the end of speech is on, too */
  #waited(atMs: number): void {
    if (this.#speechEndMs === undefined) return;
    this.#line('magenta', 'waited', `${Math.round(atMs - this.#speechEndMs)} ms, from the caller's last sound`);
    this.#speechEndMs = undefined;
  }

  #changed(snapshot: CallSnapshot): void {
    const state = conversationState(snapshot);
    if (state === this.#state) return;
    this.#state = state;
    this.#line('blue', 'state', state);
  }

  #line(format: Format, who: string, text: string): void {
    const { elapsed, print, width = Number.POSITIVE_INFINITY } = this.#options;
    const time = `${(elapsed() / 1000).toFixed(1).padStart(6)} s`;
    const [first = '', ...more] = wrap(text, width - MARGIN);
    print(`${this.#paint('dim', time)}  ${this.#paint(format, `${who.padEnd(8)}${first}`)}`);
    for (const line of more) print(this.#paint(format, `${' '.repeat(MARGIN)}${line}`));
  }

  #paint(format: Format, text: string): string {
    return this.#options.colour ? styleText(format, text) : text;
  }
}

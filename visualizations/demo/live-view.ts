import { styleText } from 'node:util';
import { conversationState } from '../../journal/describe-step.ts';
import type { CallSnapshot } from '../../journal/replay.ts';
import type { CallEvent } from '../../machines/call/events.ts';
import type { CallerLine } from './script.ts';

type Format = Parameters<typeof styleText>[0];

export interface LiveViewOptions {
  readonly print: (line: string) => void;
  /** Milliseconds since the call began. */
  readonly elapsed: () => number;
  readonly colour: boolean;
}

/**
 * A call in a terminal while it happens: the state of its chart, both transcripts, and how long each answer took.
 *
 * It looks at events and states alone, as the journal does; what the caller says is shown as it was recognised.
 */
export class LiveView {
  readonly #options: LiveViewOptions;
  #state = '';
  #speechEndMs: number | undefined;
  #since = 0;
  #hearing = '';
  #stages: string[] = [];

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
    const now = this.#options.elapsed();
    if (event.type === 'caller.endOfTurn') {
      this.#speechEndMs = event.speechEndMs;
      this.#since = now;
      this.#stages = [];
      this.#line('cyan', 'caller', event.text === '' ? '(a noise)' : event.text);
    } else if (event.type === 'caller.interim') this.#hearing = event.text;
    else if (event.type === 'reply.sentence') this.#line('green', 'agent', event.text);
    else if (event.type === 'reply.toolCalled') this.#line('yellow', 'tool', `${event.name} ${event.arguments}`);
    else if (event.type === 'playout.cut' && event.heard.partial)
      this.#line(
        'red',
        'cut',
        `by “${this.#hearing} …”, ${Math.round(event.heard.partial.playedMs)} ms into a sentence`,
      );
    this.#stage(event, now);
    this.#changed(snapshot);
  }

  #stage(event: CallEvent, now: number): void {
    const after = `${Math.round(now - this.#since)} ms`;
    if (event.type === 'reply.started') this.#stages.push(`model ${after}`);
    if (event.type === 'voice.started') this.#stages.push(`voice ${after}`);
    if (event.type !== 'playout.started' || this.#speechEndMs === undefined) return;
    const heard = `the caller waited ${Math.round(event.atMs - this.#speechEndMs)} ms from his last sound to the answer’s first`;
    this.#line(
      'magenta',
      'latency',
      `${heard} (after the end of turn: ${[...this.#stages, `frame ${after}`].join(', ')})`,
    );
    this.#speechEndMs = undefined;
  }

  #changed(snapshot: CallSnapshot): void {
    const state = conversationState(snapshot);
    if (state === this.#state) return;
    this.#state = state;
    this.#line('blue', 'state', state);
    // Scripted lines are said without a model: their words are in the context as the state is entered.
    if (!state.startsWith('responding') && snapshot.children.voice)
      this.#line('green', 'agent', snapshot.context.saying.join(' '));
  }

  #line(format: Format, who: string, text: string): void {
    const time = `${(this.#options.elapsed() / 1000).toFixed(1).padStart(6)} s`;
    this.#options.print(`${this.#paint('dim', time)}  ${this.#paint(format, `${who.padEnd(8)}${text}`)}`);
  }

  #paint(format: Format, text: string): string {
    return this.#options.colour ? styleText(format, text) : text;
  }
}

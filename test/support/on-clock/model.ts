import type { LanguageModel, Message, ReplyPart, ReplyRequest, Toolbox } from '../../../machines/call/ports.ts';
import type { Timeline } from './timeline.ts';

/** What the model says to one request: each part so many ms after the request. The last one ends it. */
export type Answer = readonly (readonly [ms: number, part: ReplyPart])[];

const STOP: ReplyPart = { type: 'finish', reason: 'stop' };

/** When a model says its first word, and when its last (ms after the request). */
export interface Pace {
  readonly first: number;
  readonly all: number;
}

export const MODEL_PACE: Pace = { first: 100, all: 300 };

/** Words: the first one early, the rest with the end. */
export function answer(text: string, { first, all }: Pace = MODEL_PACE): Answer {
  const space = text.indexOf(' ') + 1;
  return [
    [first, { type: 'text', text: text.slice(0, space) }],
    [all, { type: 'text', text: text.slice(space) }],
    [all, STOP],
  ];
}

/** A tool, after some words or none. The call carries on with the next answer when the tool has returned. */
export const answerWithTool = (name: string, text = '', { first, all }: Pace = MODEL_PACE): Answer => [
  ...(text === '' ? [] : ([[first, { type: 'text', text }]] as const)),
  [all, { type: 'toolCall', id: name, name, arguments: '{}' }],
  [all, { type: 'finish', reason: 'toolCalls' }],
];

/** One request as the model saw it. */
export interface SeenRequest {
  readonly at: number;
  readonly history: readonly Message[];
}

/** A model in virtual time that gives its answers one after the other; what comes after the last waits for ever. */
export class ModelOnClock implements LanguageModel {
  readonly requests: SeenRequest[] = [];
  readonly #timeline: Timeline;
  readonly #answers: Answer[];

  constructor(timeline: Timeline, answers: readonly Answer[]) {
    this.#timeline = timeline;
    this.#answers = [...answers];
  }

  async *stream({ history }: ReplyRequest, signal: AbortSignal): AsyncGenerator<ReplyPart> {
    this.#timeline.note('model asked');
    this.requests.push({ at: this.#timeline.now, history });
    let finished = false;
    signal.addEventListener(
      'abort',
      () => {
        if (!finished) this.#timeline.note('model stopped');
      },
      { once: true },
    );
    let gone = 0;
    for (const [ms, part] of this.#answers.shift() ?? []) {
      if (ms > gone) await new Promise<void>((resolve) => this.#timeline.after(ms - gone, signal, resolve));
      gone = ms;
      finished = part.type === 'finish';
      yield part;
    }
    await new Promise(() => {});
  }
}

/** Tools that all take the same time (ms) and all succeed. */
export const toolsOnClock = (timeline: Timeline, takesMs: number): Toolbox => ({
  run: ({ name }, signal) => {
    timeline.note(`tool ${name}`);
    return new Promise((resolve) => {
      timeline.after(takesMs, signal, () => {
        timeline.note(`tool ${name} returns`);
        resolve('{"ok":true}');
      });
    });
  },
});

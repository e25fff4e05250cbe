import type { LanguageModel, ReplyPart } from '../../../machines/call/ports.ts';
import { ServiceError } from '../../../services/errors.ts';
import { AnswerQueue } from '../answer-queue.ts';
import type { AnswerEnd } from '../hands.ts';
import { inEarnest } from './in-earnest.ts';

const ENDS: Readonly<Record<Exclude<AnswerEnd, 'content_filter'>, readonly ReplyPart[]>> = {
  stop: [{ type: 'finish', reason: 'stop' }],
  end_call: [
    { type: 'toolCall', id: 'call_end', name: 'end_call', arguments: '{}' },
    { type: 'finish', reason: 'toolCalls' },
  ],
  transfer_to_human: [
    { type: 'toolCall', id: 'call_human', name: 'transfer_to_human', arguments: '{}' },
    { type: 'finish', reason: 'toolCalls' },
  ],
  look_up: [
    { type: 'toolCall', id: 'call_tool', name: 'look_up', arguments: '{}' },
    { type: 'finish', reason: 'toolCalls' },
  ],
};

/** A model that writes what it is told, when it is told to. */
export class PaperModel implements LanguageModel {
  /** Rounds that were asked for. */
  requests = 0;
  #answer: AnswerQueue<ReplyPart | 'failure'> | undefined;

  async *stream(_request: unknown, signal: AbortSignal): AsyncGenerator<ReplyPart> {
    const answer = new AnswerQueue<ReplyPart | 'failure'>(signal);
    this.#answer = answer;
    inEarnest(signal, () => {
      this.requests += 1;
    });
    for await (const part of answer) {
      if (signal.aborted) return;
      if (part === 'failure') {
        answer.close();
        throw new ServiceError('the answer was withheld', { code: 'bad-request', vendor: 'paper' });
      }
      if (part.type === 'finish') answer.close();
      yield part;
    }
  }

  get isWriting(): boolean {
    return this.#answer?.isOpen ?? false;
  }

  write(text: string): void {
    // Word by word, as from every model that streams.
    const words = text.match(/\S+|\s+/g) ?? [];
    this.#answer?.push(...words.map((word) => ({ type: 'text' as const, text: word })));
  }

  end(how: AnswerEnd): void {
    this.#answer?.push(...(how === 'content_filter' ? ['failure' as const] : ENDS[how]));
  }
}

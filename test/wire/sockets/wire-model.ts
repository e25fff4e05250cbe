import type { AnswerPart } from '../../../emulators/openai/answer.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../../emulators/openai/server.ts';
import { AnswerQueue } from '../answer-queue.ts';
import type { AnswerEnd } from '../hands.ts';

const ENDS: Readonly<Record<AnswerEnd, readonly AnswerPart[]>> = {
  stop: [{ type: 'finish', reason: 'stop' }],
  content_filter: [{ type: 'finish', reason: 'content_filter' }],
  end_call: [{ type: 'toolCall', id: 'call_end', name: 'end_call', arguments: '{}' }],
  transfer_to_human: [{ type: 'toolCall', id: 'call_human', name: 'transfer_to_human', arguments: '{}' }],
  look_up: [{ type: 'toolCall', id: 'call_tool', name: 'look_up', arguments: '{}' }],
};

/** OpenAI's emulator in the hands of a walk: it writes what it is told, when it is told to. */
export class WireModel {
  readonly emulator: OpenAiEmulator;
  readonly #answers: readonly AnswerQueue<AnswerPart>[];

  private constructor(emulator: OpenAiEmulator, answers: AnswerQueue<AnswerPart>[]) {
    this.emulator = emulator;
    this.#answers = answers;
  }

  static async open(apiKey: string, changed: () => void): Promise<WireModel> {
    const answers: AnswerQueue<AnswerPart>[] = [];
    const emulator = await createOpenAiEmulator({
      apiKey,
      answer: (_request, signal) => {
        const answer = new AnswerQueue<AnswerPart>(signal);
        answers.push(answer);
        changed();
        return answer;
      },
    });
    return new WireModel(emulator, answers);
  }

  /** Rounds that were asked for. */
  get requests(): number {
    return this.#answers.length;
  }

  write(text: string): void {
    this.#answers.at(-1)?.push({ type: 'text', text });
  }

  end(how: AnswerEnd): void {
    const answer = this.#answers.at(-1);
    answer?.push(...ENDS[how]);
    // Behind tool calls the emulator adds the finish by itself.
    answer?.close();
  }
}

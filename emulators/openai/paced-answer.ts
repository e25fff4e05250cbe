import type { Answer, AnswerPart } from './answer.ts';

export interface Pace {
  /** How much comes at once (characters): the first sentence and a word behind it, so that it can be said. */
  readonly atOnce: number;
  /** How long each further character takes. To say one takes about 60. */
  readonly msPerCharacter: number;
}

/**
 * Lets answers come at the pace of a slow writer, so that who interrupts a long answer interrupts the model, too.
 *
 * @example createOpenAiEmulator({ answer: paced(answer, { atOnce: 100, msPerCharacter: 30 }) })
 */
export function paced(answer: Answer, { atOnce, msPerCharacter }: Pace): Answer {
  return async function* writeSlowly(request, signal): AsyncGenerator<AnswerPart> {
    let written = 0;
    for await (const part of answer(request, signal)) {
      if (part.type !== 'text') yield part;
      else {
        written += part.text.length;
        const waited = Math.max(0, Math.min(part.text.length, written - atOnce)) * msPerCharacter;
        yield { ...part, afterMs: (part.afterMs ?? 0) + waited };
      }
    }
  };
}

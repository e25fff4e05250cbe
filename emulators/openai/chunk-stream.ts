import type { ChatRequest } from './chat-request.ts';
import { type CompletionHead, usageOf } from './completion.ts';
import type { ModelStep } from './model-run.ts';
import { piecesOf } from './pieces.ts';
import type { Random } from './seeded-random.ts';

/** One server-sent event of a stream, and what it is to the answer. */
export interface StreamEvent {
  readonly kind: 'role' | 'piece' | 'finish' | 'usage' | 'done';
  /** What stands behind `data: `. */
  readonly data: string;
  /** Waited before it (ms), beside the latency profile. */
  readonly afterMs: number;
}

type Delta = Readonly<Record<string, unknown>>;

/**
 * The model's steps as the chunks of a stream: the role alone, texts and arguments in odd pieces, an empty delta with the
 * finish reason, the usage with no choices if it was asked for, and `[DONE]`.
 *
 * As with the vendor, `usage` is null on all other chunks if it was asked for and absent if not, a tool call's id and name
 * come before the first piece of its arguments, and each chunk carries random padding unless that was declined.
 */
export async function* chunkStream(
  head: CompletionHead,
  request: ChatRequest,
  steps: AsyncIterable<ModelStep>,
  random: Random,
): AsyncGenerator<StreamEvent> {
  const { include_usage: withUsage = false, include_obfuscation: padded = true } = request.stream_options ?? {};
  const event = (
    kind: StreamEvent['kind'],
    afterMs: number,
    choices: readonly Delta[],
    usage: unknown = null,
  ): StreamEvent => {
    const chunk = { ...head, object: 'chat.completion.chunk', service_tier: 'default', choices };
    return {
      kind,
      afterMs,
      data: JSON.stringify({ ...chunk, ...(withUsage && { usage }), ...(padded && { obfuscation: padding(random) }) }),
    };
  };
  const delta = (kind: StreamEvent['kind'], content: Delta, afterMs = 0, finishReason: string | null = null) =>
    event(kind, afterMs, [{ index: 0, delta: content, logprobs: null, finish_reason: finishReason }]);

  let first = true;
  for await (const step of steps) {
    const { afterMs } = step;
    if (first) yield delta('role', { role: 'assistant', content: step.type === 'toolCall' ? null : '', refusal: null });
    first = false;
    switch (step.type) {
      case 'text':
        for (const [count, content] of piecesOf(step.text, random).entries())
          yield delta('piece', { content }, count === 0 ? afterMs : 0);
        break;
      case 'toolCall': {
        const { index, id, name } = step;
        yield delta(
          'piece',
          { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] },
          afterMs,
        );
        for (const text of piecesOf(step.arguments, random))
          yield delta('piece', { tool_calls: [{ index, function: { arguments: text } }] });
        break;
      }
      case 'finish':
        yield delta('finish', {}, afterMs, step.reason);
        if (withUsage) yield event('usage', 0, [], usageOf(request, step.completionTokens));
        yield { kind: 'done', data: '[DONE]', afterMs: 0 };
    }
  }
}

const padding = (random: Random): string => Math.floor(random() * 36 ** 8).toString(36);

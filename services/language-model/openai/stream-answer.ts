import type OpenAI from 'openai';
import type { Stream } from 'openai/streaming';
import type { ReplyPart } from '../../../machines/call/ports.ts';
import { ServiceError } from '../../errors.ts';
import { type Addressee, chatError } from './chat-error.ts';
import { ThoughtFilter } from './thought-filter.ts';
import { ToolCallAssembly } from './tool-call-assembly.ts';

/** What an answer cost, in tokens. */
export interface TokenUsage {
  readonly prompt: number;
  /** Of the prompt, read from the vendor's cache. */
  readonly cached: number;
  readonly completion: number;
  /** Of the completion, thought and not said. */
  readonly reasoning: number;
}

export interface AnswerRequest {
  readonly client: OpenAI;
  readonly addressee: Addressee;
  /** A streamed chat completion as JSON. */
  readonly body: string;
  /** Calls that come although they were not allowed are dropped. */
  readonly toolsAllowed: boolean;
  readonly onUsage: (usage: TokenUsage) => void;
  /** Called once when the signal ends the request, and with it the connection. */
  readonly onAborted: () => void;
  /** ASCII, unlike that of any other request: by it the vendor's support finds the request, also one that it never answered. */
  readonly requestId?: string | undefined;
  readonly signal: AbortSignal;
}

type Chunk = OpenAI.ChatCompletionChunk;

/** How long the end of a stream may come behind its last word (ms) before the connection is given up. */
const TAIL_MS = 1000;

/**
 * One chat completion as the parts of a reply.
 *
 * The SDK's loop ends without a word when the request is aborted and also when the stream is cut off between two events, so
 * only a `finish_reason` makes an answer complete. It is passed on at once; what follows it, the usage and the end of the
 * body, is read behind the caller's back, because a connection whose body was not read to its end cannot be used again.
 * The tool calls come right before the finish, whole.
 *
 * @throws a service error, unless the signal is aborted: then the iteration just ends
 */
export async function* streamAnswer({
  client,
  addressee,
  body,
  toolsAllowed,
  onUsage,
  onAborted,
  requestId,
  signal,
}: AnswerRequest): AsyncGenerator<ReplyPart> {
  if (signal.aborted) return;
  const request = new AbortController();
  // Tearing a request down takes longer than all else that an interruption does: what the chart orders in the same step, the
  // carrier's `clear` among it, goes out first.
  const abort = (): void =>
    queueMicrotask(() => {
      request.abort();
      onAborted();
    });
  signal.addEventListener('abort', abort);
  let tail: Promise<void> | undefined;
  try {
    // What `chat.completions.create` does with an object that it turns into JSON.
    const stream = await client.post<Stream<Chunk>>('/chat/completions', {
      body,
      stream: true,
      signal: request.signal,
      headers: {
        'Content-Type': 'application/json',
        ...(requestId !== undefined && { 'X-Client-Request-Id': requestId }),
      },
    });
    const chunks = stream[Symbol.asyncIterator]();
    const calls = new ToolCallAssembly();
    const thoughts = new ThoughtFilter();
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      if (signal.aborted) return;
      reportUsage(next.value, onUsage);
      const choice = next.value.choices?.[0];
      // Some servers send chunks without a choice, or choices without a delta, for their own purposes.
      const text = thoughts.take(choice?.delta?.content || choice?.delta?.refusal || '');
      if (text) yield { type: 'text', text };
      for (const delta of choice?.delta?.tool_calls ?? []) calls.add(delta);
      if (!choice?.finish_reason) continue;
      // The answer is complete: who stops listening now does not mean the connection.
      signal.removeEventListener('abort', abort);
      tail = readTail(chunks, request, onUsage);
      const rest = thoughts.end();
      if (rest) yield { type: 'text', text: rest };
      yield* finishOf(choice.finish_reason, toolsAllowed ? calls.parts() : [], addressee);
      return;
    }
    if (signal.aborted) return;
    throw new ServiceError(`the stream of ${addressee.vendor} ended without a finish`, {
      code: 'protocol',
      retryable: true,
      vendor: addressee.vendor,
    });
  } catch (error) {
    if (signal.aborted) return;
    throw chatError(error, addressee);
  } finally {
    signal.removeEventListener('abort', abort);
    if (tail === undefined) request.abort();
  }
}

/** Calls decide, not the reason: some servers say `stop` behind a tool call. Reasons that nobody documents mean `stop`, too. */
function* finishOf(
  reason: string,
  calls: readonly Extract<ReplyPart, { type: 'toolCall' }>[],
  { vendor, model }: Addressee,
): Generator<ReplyPart> {
  if (reason === 'content_filter')
    throw new ServiceError(`${vendor} withheld the answer of ${model} (content_filter)`, {
      code: 'bad-request',
      vendor,
    });
  yield* calls;
  if (reason === 'length') yield { type: 'finish', reason: 'length' };
  else yield { type: 'finish', reason: calls.length > 0 ? 'toolCalls' : 'stop' };
}

/** Reads a stream to its end once the answer is complete. What goes wrong here costs the connection, not the answer. */
async function readTail(
  chunks: AsyncIterator<Chunk>,
  request: AbortController,
  onUsage: AnswerRequest['onUsage'],
): Promise<void> {
  const timer = setTimeout(() => request.abort(), TAIL_MS);
  try {
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) reportUsage(next.value, onUsage);
  } catch {
    request.abort();
  } finally {
    clearTimeout(timer);
  }
}

function reportUsage({ usage }: Chunk, onUsage: AnswerRequest['onUsage']): void {
  if (!usage) return;
  onUsage({
    prompt: usage.prompt_tokens,
    cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
    completion: usage.completion_tokens,
    reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
  });
}

import type { Failure } from '../call/events.ts';

/** One tool call as the model asked for it; `arguments` is JSON text. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** Sent by the draft child: one round of the language model, piece by piece. */
export type DraftEvent =
  | { readonly type: 'draft.text'; readonly text: string }
  | { readonly type: 'draft.toolCall'; readonly call: ToolCall }
  /** The model ended its round; `expects` names the topic of the caller's likely answer. */
  | { readonly type: 'draft.finished'; readonly expects?: string }
  | { readonly type: 'draft.failed'; readonly failure: Failure };

/** Sent by the tool child: exactly one for each call, also when the tool failed (the result then says so). */
export type ToolEvent = { readonly type: 'tool.returned'; readonly result: string };

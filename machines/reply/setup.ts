import { assign, enqueueActions, fromCallback, sendParent, setup, stateIn } from 'xstate';
import type { Failure, NextStep, ReplyEvent } from '../call/events.ts';
import { withAgentTurn } from '../call/history.ts';
import type { Message } from '../call/ports.ts';
import { CONTROL_TOOLS } from './control-tools.ts';
import { phraseIn } from './emergency.ts';
import type { DraftEvent, ToolCall, ToolEvent } from './events.ts';
import { takeSentences } from './sentences.ts';

/** Said by the call: the turn that the reply was written for has really ended. */
export interface ReplyCommand {
  readonly type: 'reply.confirm';
}

/** What the call tells its reply child. */
export interface ReplyInput {
  readonly epoch: number;
  readonly history: readonly Message[];
  /** The caller's turn may not have ended: sentences are told, but no tool runs and nothing is decided until `reply.confirm`. */
  readonly speculative: boolean;
  readonly emergencyPhrases: readonly string[];
  /** ms without anything from the model. */
  readonly replyFirstToken: number;
  /** ms for one tool call. */
  readonly toolTimeout: number;
}

export interface DraftInput {
  readonly history: readonly Message[];
  readonly toolsAllowed: boolean;
}

interface ReplyContext extends ReplyInput {
  /** All text of the reply so far, for the emergency watch. */
  readonly text: string;
  /** Text of this round of the model, for the history of the next. */
  readonly round: string;
  /** Text behind the last complete sentence. */
  readonly buffer: string;
  readonly sentences: number;
  /** Tool calls that wait for their turn; the first one runs. */
  readonly calls: readonly ToolCall[];
  readonly rounds: number;
  readonly next: NextStep;
  readonly expects: string | undefined;
}

/** After so many rounds of tools the model must answer in words. */
export const MAX_TOOL_ROUNDS = 3;

const unconnected = (port: string) => (): never => {
  throw new Error(`the reply's ${port} is not connected: use connectCall()`);
};

export const initialContext = (input: ReplyInput): ReplyContext => ({
  ...input,
  text: '',
  round: '',
  buffer: '',
  sentences: 0,
  calls: [],
  rounds: 0,
  next: 'listen',
  expects: undefined,
});

const NEXT_OF_TOOL: Readonly<Record<string, NextStep>> = {
  [CONTROL_TOOLS.endCall]: 'hangUp',
  [CONTROL_TOOLS.transferToHuman]: 'transfer',
};

const failed = (epoch: number, failure: Failure): ReplyEvent => ({ type: 'reply.failed', epoch, failure });

/** The vocabulary of the reply chart. */
export const reply = setup({
  types: {} as { context: ReplyContext; events: DraftEvent | ToolEvent | ReplyCommand; input: ReplyInput },
  actors: {
    draft: fromCallback<{ type: 'none' }, DraftInput>(unconnected('draft')),
    tool: fromCallback<{ type: 'none' }, ToolCall>(unconnected('tool')),
  },
  delays: {
    'reply first token': ({ context }) => context.replyFirstToken,
    'tool timeout': ({ context }) => context.toolTimeout,
  },
  guards: {
    'is a guess': ({ context }) => context.speculative,
    'is confirmed': stateIn('#turn.ended'),
    'names an emergency': ({ context, event }) =>
      event.type === 'draft.text' && phraseIn(context.text + event.text, context.emergencyPhrases) !== undefined,
    'decides what comes next': ({ event }) => event.type === 'draft.toolCall' && event.call.name in NEXT_OF_TOOL,
    'may use tools': ({ context }) => context.rounds < MAX_TOOL_ROUNDS,
    'asked for tools': ({ context }) => context.calls.length > 0,
  },
  actions: {
    'tell of the emergency': enqueueActions(({ context, event, enqueue }) => {
      const text = event.type === 'draft.text' ? context.text + event.text : context.text;
      const phrase = phraseIn(text, context.emergencyPhrases) ?? '';
      enqueue.sendParent({ type: 'reply.emergency', epoch: context.epoch, phrase });
    }),
    'tell the sentences': enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'draft.text') return;
      const { sentences, rest } = takeSentences(context.buffer + event.text);
      if (context.text === '') enqueue.sendParent({ type: 'reply.started', epoch: context.epoch });
      sentences.forEach((text, index) => {
        enqueue.sendParent({ type: 'reply.sentence', epoch: context.epoch, index: context.sentences + index, text });
      });
      enqueue.assign({
        text: context.text + event.text,
        round: context.round + event.text,
        buffer: rest,
        sentences: context.sentences + sentences.length,
      });
    }),
    'tell the last sentence': enqueueActions(({ context, enqueue }) => {
      const text = context.buffer.trim();
      if (text === '') return;
      enqueue.sendParent({ type: 'reply.sentence', epoch: context.epoch, index: context.sentences, text });
      // The words of the next round are other words, also for the emergency watch.
      enqueue.assign({ text: `${context.text} `, buffer: '', sentences: context.sentences + 1 });
    }),
    /** So that the model does not say it again when the tools have answered. */
    'remember its own words': assign({
      history: ({ context }) => withAgentTurn(context.history, context.round.trim()),
      round: '',
    }),
    'note what comes next': assign({
      next: ({ context, event }) =>
        event.type === 'draft.toolCall' ? (NEXT_OF_TOOL[event.call.name] ?? context.next) : context.next,
    }),
    'queue the call': assign({
      calls: ({ context, event }) => (event.type === 'draft.toolCall' ? [...context.calls, event.call] : context.calls),
    }),
    'note the topic': assign({
      expects: ({ context, event }) =>
        event.type === 'draft.finished' ? (event.expects ?? context.expects) : context.expects,
    }),
    'tell the tool call': sendParent(({ context: { epoch, calls } }) => ({
      type: 'reply.toolCalled',
      epoch,
      ...(calls[0] ?? { id: '', name: '', arguments: '' }),
    })),
    /** Each call gets exactly one result: in the history of the next round, and in the call's own. */
    'pair the result': enqueueActions(({ context, enqueue }, { result }: { result: string }) => {
      const [called, ...calls] = context.calls;
      if (!called) return;
      enqueue.sendParent({ type: 'reply.toolReturned', epoch: context.epoch, id: called.id, result });
      enqueue.assign({
        calls,
        history: [
          ...context.history,
          { role: 'toolCall', id: called.id, name: called.name, arguments: called.arguments },
          { role: 'toolResult', id: called.id, result },
        ],
      });
    }),
    'count the round': assign({ rounds: ({ context }) => context.rounds + 1 }),
    'tell the end': sendParent(({ context: { epoch, next, expects } }) => ({
      type: 'reply.finished',
      epoch,
      next,
      ...(expects !== undefined && { expects }),
    })),
    'tell the failure': sendParent(({ context }, { failure }: { failure: Failure }) => failed(context.epoch, failure)),
  },
});

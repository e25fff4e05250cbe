import { fromCallback } from 'xstate';
import { failureOf } from '../../call/failure.ts';
import type { LanguageModel, PortOf } from '../../call/ports.ts';
import type { DraftEvent } from '../events.ts';
import type { DraftInput } from '../setup.ts';

/** One round of the language model as an actor; leaving the state aborts the request. */
export const draftActor = (modelOf: PortOf<LanguageModel>) =>
  fromCallback<{ type: 'none' }, DraftInput>(({ input, system, sendBack }) => {
    const controller = new AbortController();
    const tell = (event: DraftEvent): void => {
      if (!controller.signal.aborted) sendBack(event);
    };
    stream(modelOf(system), input, controller.signal, tell).catch((error: unknown) => {
      tell({ type: 'draft.failed', failure: failureOf(error) });
    });
    return () => controller.abort();
  });

async function stream(
  model: LanguageModel,
  input: DraftInput,
  signal: AbortSignal,
  tell: (event: DraftEvent) => void,
): Promise<void> {
  for await (const part of model.stream(input, signal)) {
    if (signal.aborted) return;
    if (part.type === 'text') tell({ type: 'draft.text', text: part.text });
    else if (part.type === 'toolCall')
      tell({ type: 'draft.toolCall', call: { id: part.id, name: part.name, arguments: part.arguments } });
    else return tell({ type: 'draft.finished', ...(part.expects !== undefined && { expects: part.expects }) });
  }
  const failure = { code: 'protocol', message: 'the model stopped without a finish', retryable: true } as const;
  tell({ type: 'draft.failed', failure });
}

import type { Utterance } from '../../../emulators/deepgram/speak/utterance-log.ts';
import { historyOf } from '../../../emulators/openai/answer-from-language-model.ts';
import { parseChatRequest } from '../../../emulators/openai/chat-request.ts';
import type { Outcome, SeenRequest } from '../../../emulators/openai/seen-request.ts';
import type { SoundAccount } from '../../../emulators/vendors/sound-account.ts';
import type { LanguageModel, Message } from '../../../machines/call/ports.ts';
import type { CallWire } from './call-wire.ts';

/** One request of a call to the model, as the model's emulator saw it, and what came of it. */
export interface ModelRequest {
  readonly atMs: number;
  readonly outcome: Outcome | undefined;
  readonly history: readonly Message[];
  /** All that the model had to say to it; empty when it called a tool. */
  readonly meant: string;
  /** An answer on a guess that was dropped: the next request asks the same, or more, of the caller's turn. */
  readonly dropped: boolean;
  /** What the voice said of it, and the phone got; the agent's own lines are left out: greeting, goodbye, filler. */
  readonly said: readonly Utterance[];
}

/** All that the emulators and the phone know of one call. */
export interface RoadEvidence {
  readonly wire: CallWire;
  readonly sound: SoundAccount;
  readonly requests: readonly ModelRequest[];
  /** Everything that the voice was asked for, by whatever call. */
  readonly utterances: readonly Utterance[];
}

export interface ModelRequestsOptions {
  readonly callSid: string;
  /** Of all calls. */
  readonly seen: readonly SeenRequest[];
  readonly sound: SoundAccount;
  /** What answered for the model: the same history always gives the same answer. */
  readonly model: LanguageModel;
  /** All that the agent says without a model. */
  readonly ownLines: string;
}

/** Finds the requests of a call, by the name that its server gave them, and what of the answers was heard. */
export async function modelRequestsOf({
  callSid,
  seen,
  sound,
  model,
  ownLines,
}: ModelRequestsOptions): Promise<readonly ModelRequest[]> {
  const requests = seen
    .filter(({ headers }) => String(headers['x-client-request-id']).startsWith(`${callSid}.`))
    .map(({ atMs, outcome, body }) => ({ atMs, outcome, history: historyIn(body) }));
  return Promise.all(
    requests.map(async (request, index) => {
      const next = requests[index + 1];
      const { atMs, history } = request;
      const until = next?.atMs ?? Number.POSITIVE_INFINITY;
      return {
        ...request,
        meant: await textOf(model, history),
        dropped: next !== undefined && next.history.length <= history.length,
        said: sound.sounded
          .map(({ utterance }) => utterance)
          .filter(({ text, spokenAtMs }) => spokenAtMs >= atMs && spokenAtMs < until && !ownLines.includes(text)),
      };
    }),
  );
}

function historyIn(body: unknown): readonly Message[] {
  const request = parseChatRequest(body);
  return 'status' in request ? [] : historyOf(request.messages);
}

async function textOf(model: LanguageModel, history: readonly Message[]): Promise<string> {
  let text = '';
  for await (const part of model.stream({ history, toolsAllowed: true }, new AbortController().signal))
    if (part.type === 'text') text += part.text;
  return text.trim();
}

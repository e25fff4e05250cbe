import type { CallContext } from '../call-context.ts';
import { CallFailure } from '../call-failure.ts';
import { performConnect } from './connect.ts';
import type { TwimlDocument, Verb } from './document.ts';
import type { Documents } from './documents.ts';
import { performGather } from './gather.ts';
import { performDial, performEnqueue } from './hand-over.ts';
import { performPrompt } from './prompts.ts';
import { resolveUrl } from './resolve-url.ts';
import type { Stage, Step } from './step.ts';

export type End = Extract<Step, { kind: 'end' }>;

/** Obeys TwiML, one verb after the other and one document after the other, until the call is over. */
export class TwimlRunner {
  readonly #call: CallContext;
  readonly #documents: Documents;
  #abort = new AbortController();
  #interruption: Step | undefined;

  constructor(call: CallContext, documents: Documents) {
    this.#call = call;
    this.#documents = documents;
  }

  /** Breaks off whatever runs; `step` is taken instead. Of several at once the first wins, but an end always does. */
  interrupt(step: Step): void {
    if (this.#interruption === undefined || step.kind === 'end') this.#interruption = step;
    this.#abort.abort();
  }

  async run(first: Step): Promise<End> {
    let step = first;
    for (;;) {
      if (this.#interruption !== undefined) {
        step = this.#interruption;
        this.#interruption = undefined;
        this.#abort = new AbortController();
      }
      if (step.kind === 'end') return step;
      step = await this.#take(step, this.#abort.signal);
    }
  }

  async #take(step: Step, signal: AbortSignal): Promise<Step> {
    try {
      if (step.kind === 'document') return await this.#execute(step.document, signal);
      if (step.kind === 'failed') throw step.failure;
      if (step.kind !== 'request') return step;
      const parameters = { ...this.#call.parameters(), ...step.parameters };
      return { kind: 'document', document: await this.#documents.fetch({ ...step, parameters }, signal) };
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      if (!signal.aborted) this.#call.timeline.warn(error.code, error.message);
      return { kind: 'end', reason: 'application error', status: 'completed' };
    }
  }

  async #execute({ verbs, baseUrl }: TwimlDocument, signal: AbortSignal): Promise<Step> {
    for (const verb of verbs) {
      const step = await this.#perform(verb, { call: this.#call, baseUrl, signal });
      if (step.kind !== 'continue' || signal.aborted) return step;
    }
    return { kind: 'end', reason: 'document ended', status: 'completed' };
  }

  async #perform(verb: Verb, stage: Stage): Promise<Step> {
    switch (verb.verb) {
      case 'Say':
      case 'Play':
      case 'Pause':
        return performPrompt(verb, stage);
      case 'Connect':
        return performConnect(verb, stage);
      case 'Dial':
        return performDial(verb, stage);
      case 'Enqueue':
        return performEnqueue(verb, stage);
      case 'Gather':
        return performGather(verb, stage);
      case 'Redirect': {
        const url = resolveUrl(verb.url, stage.baseUrl);
        stage.call.timeline.record({ type: 'redirect', url });
        return { kind: 'request', url, method: verb.method, parameters: {} };
      }
      case 'Hangup':
        return { kind: 'end', reason: 'hangup verb', status: 'completed' };
      case 'Reject':
        return { kind: 'end', reason: 'rejected', status: verb.reason === 'busy' ? 'busy' : 'no-answer' };
    }
  }
}

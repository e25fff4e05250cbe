import { CallFailure } from '../call-failure.ts';
import type { Timeline } from '../timeline.ts';
import type { FormParameters, HttpMethod, Webhooks } from '../webhooks.ts';
import type { TwimlDocument } from './document.ts';
import { parseTwiml } from './parse.ts';

/** A request for TwiML. */
export interface DocumentRequest {
  readonly url: string;
  readonly method: HttpMethod;
  readonly parameters: FormParameters;
}

/** Fetches TwiML, from the fallback URL when the first one fails. */
export class Documents {
  readonly #webhooks: Webhooks;
  readonly #timeline: Timeline;
  readonly #fallbackUrl: string | undefined;

  constructor(webhooks: Webhooks, timeline: Timeline, fallbackUrl: string | undefined) {
    this.#webhooks = webhooks;
    this.#timeline = timeline;
    this.#fallbackUrl = fallbackUrl;
  }

  /** @throws CallFailure when there is no document: 11200, 11205, 12100, 12102, 12200, 12300 */
  async fetch(request: DocumentRequest, signal?: AbortSignal): Promise<TwimlDocument> {
    try {
      return await this.#fetchOnce(request, signal);
    } catch (error) {
      if (!(error instanceof CallFailure) || this.#fallbackUrl === undefined || signal?.aborted) throw error;
      this.#timeline.warn(error.code, error.message);
      const parameters = { ...request.parameters, ErrorCode: String(error.code), ErrorUrl: request.url };
      return this.#fetchOnce({ url: this.#fallbackUrl, method: 'POST', parameters }, signal);
    }
  }

  async #fetchOnce({ url, method, parameters }: DocumentRequest, signal?: AbortSignal): Promise<TwimlDocument> {
    const { contentType, body } = await this.#webhooks.request(url, method, parameters, signal);
    if (!/^(text|application)\/xml\b/i.test(contentType)) {
      throw new CallFailure(12300, `${url} answered with content type '${contentType}', expected text/xml`);
    }
    return parseTwiml(body, url);
  }
}

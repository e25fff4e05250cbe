import { CallFailure } from './call-failure.ts';
import type { Clock } from './clock.ts';
import { forge, SIGNATURE_HEADER, sign } from './signature.ts';

/** From the first packet to the whole answer (ms). @see https://www.twilio.com/docs/usage/webhooks/webhooks-faq */
export const WEBHOOK_TIME_LIMIT = 15_000;

export type HttpMethod = 'GET' | 'POST';
export type FormParameters = Readonly<Record<string, string>>;

export interface WebhooksOptions {
  /** Signs each request; without it none carries a signature. */
  readonly authToken?: string | undefined;
  /** Signs wrongly on purpose. */
  readonly badSignature?: boolean | undefined;
  readonly clock: Clock;
  /** Turns a public URL, as signed, into the one to call. */
  readonly toLocal: (publicUrl: string) => string;
  /** Told of each answer. */
  readonly onAnswer: (url: string, status: number) => void;
}

export interface WebhookAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** Twilio's HTTP client: form-urlencoded, signed over the public URL, never longer than 15 seconds. */
export class Webhooks {
  readonly #options: WebhooksOptions;

  constructor(options: WebhooksOptions) {
    this.#options = options;
  }

  /**
   * Sends one request; parameters of a GET travel in the query.
   *
   * @throws CallFailure 11205 no connection, 11200 no answer in time or a status other than 2xx
   */
  async request(
    url: string,
    method: HttpMethod,
    parameters: FormParameters,
    signal?: AbortSignal,
  ): Promise<WebhookAnswer> {
    const { toLocal, onAnswer } = this.#options;
    const publicUrl = method === 'GET' ? withQuery(url, parameters) : url;
    const headers = this.#headers(publicUrl, method === 'GET' ? {} : parameters);
    const body = method === 'GET' ? {} : { body: new URLSearchParams(parameters) };
    return this.#withinTimeLimit(url, signal, async (limit) => {
      const response = await fetch(toLocal(publicUrl), { method, headers, ...body, redirect: 'manual', signal: limit });
      const answer = { contentType: response.headers.get('content-type') ?? '', body: await response.text() };
      onAnswer(url, response.status);
      if (!response.ok)
        throw new CallFailure(11200, `${method} ${url} answered ${response.status}: ${answer.body.slice(0, 200)}`);
      return answer;
    });
  }

  #headers(publicUrl: string, signed: FormParameters): Record<string, string> {
    const { authToken, badSignature } = this.#options;
    const headers = { 'user-agent': 'TwilioProxy/1.1', accept: '*/*' };
    if (badSignature) return { ...headers, [SIGNATURE_HEADER]: forge(publicUrl) };
    if (authToken === undefined) return headers;
    return { ...headers, [SIGNATURE_HEADER]: sign(authToken, publicUrl, signed) };
  }

  async #withinTimeLimit<T>(
    url: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { clock } = this.#options;
    const limit = new AbortController();
    const giveUp = (): void => limit.abort();
    const timer = clock.setTimeout(giveUp, WEBHOOK_TIME_LIMIT);
    signal?.addEventListener('abort', giveUp);
    try {
      return await work(limit.signal);
    } catch (error) {
      if (error instanceof CallFailure) throw error;
      if (limit.signal.aborted) throw new CallFailure(11200, `${url} did not answer within 15 s`, { cause: error });
      throw new CallFailure(11205, `cannot connect to ${url}: ${reasonOf(error)}`, { cause: error });
    } finally {
      clock.clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }
}

function withQuery(url: string, parameters: FormParameters): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.append(name, value);
  return target.href;
}

/** `fetch` hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: Error & { code?: string } };
  return cause?.code ?? cause?.message ?? message;
}

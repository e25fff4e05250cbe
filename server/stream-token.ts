import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface StreamTokensOptions {
  /** Shared by all nodes behind one number, so that the stream may reach another node than the webhook did. */
  readonly secret: string;
  /** Wall clock, ms since 1970: nodes compare it. */
  readonly now: () => number;
  /** How long a token is valid (ms). Default 60,000: a call is connected within seconds. */
  readonly lifetimeMs?: number;
}

/**
 * One-time tickets from the voice webhook to the media socket, so that nobody else can open a stream.
 *
 * A token is `<expiry>.<nonce>.<HMAC-SHA256 over call, expiry and nonce>`: bound to its call, short-lived, checked without
 * memory; each node remembers the ones it took until they expire.
 */
export class StreamTokens {
  readonly #secret: string;
  readonly #now: () => number;
  readonly #lifetimeMs: number;
  /** Nonces that were taken, oldest first, with their expiry. */
  readonly #taken = new Map<string, number>();

  constructor({ secret, now, lifetimeMs = 60_000 }: StreamTokensOptions) {
    this.#secret = secret;
    this.#now = now;
    this.#lifetimeMs = lifetimeMs;
  }

  issue(callSid: string): string {
    const expiry = (this.#now() + this.#lifetimeMs).toString(36);
    const nonce = randomBytes(12).toString('base64url');
    return `${expiry}.${nonce}.${this.#sign(callSid, expiry, nonce)}`;
  }

  /** Takes a token. @returns why it is not good, or undefined when it is */
  take(token: string | undefined, callSid: string): 'missing' | 'forged' | 'expired' | 'used' | undefined {
    if (token === undefined) return 'missing';
    const [expiry = '', nonce = '', signature = ''] = token.split('.');
    const expected = Buffer.from(this.#sign(callSid, expiry, nonce));
    const received = Buffer.from(signature);
    if (received.length !== expected.length || !timingSafeEqual(received, expected)) return 'forged';
    const now = this.#now();
    const expiresAt = Number.parseInt(expiry, 36);
    if (!(now < expiresAt)) return 'expired';
    for (const [old, end] of this.#taken) {
      if (end > now) break;
      this.#taken.delete(old);
    }
    if (this.#taken.has(nonce)) return 'used';
    this.#taken.set(nonce, expiresAt);
    return undefined;
  }

  #sign(callSid: string, expiry: string, nonce: string): string {
    return createHmac('sha256', this.#secret).update(`${callSid}.${expiry}.${nonce}`).digest('base64url');
  }
}

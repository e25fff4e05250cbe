import { CallFailure } from './call-failure.ts';

/**
 * Two views of the server under test: the public address that it signs for and puts into TwiML, and the address on this
 * machine where it really listens.
 */
export class Addresses {
  readonly #publicOrigin: URL | undefined;
  readonly #local: URL;

  /**
   * @param url any URL of the server on this machine
   * @param publicOrigin undefined when both views are the same
   * @throws CallFailure 11100 when one is no absolute URL
   */
  constructor(url: string, publicOrigin: string | undefined) {
    for (const given of [url, publicOrigin ?? url]) {
      if (!URL.canParse(given)) throw new CallFailure(11100, `'${given}' is not an absolute URL`);
    }
    this.#local = new URL(url);
    this.#publicOrigin = publicOrigin === undefined ? undefined : new URL(publicOrigin);
  }

  /** The public view of a local URL. */
  toPublic(url: string): string {
    return this.#publicOrigin === undefined ? url : new URL(pathOf(url), this.#publicOrigin).href;
  }

  /** Where to send what is addressed to the public origin, HTTP or WebSocket. Other addresses are left alone. */
  toLocal(address: string): string {
    const { host, protocol } = new URL(address);
    if (host !== this.#publicOrigin?.host) return address;
    const scheme = protocol.startsWith('ws') ? this.#local.protocol.replace('http', 'ws') : this.#local.protocol;
    return `${scheme}//${this.#local.host}${pathOf(address)}`;
  }
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

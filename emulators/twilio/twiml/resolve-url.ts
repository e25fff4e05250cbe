import { CallFailure } from '../call-failure.ts';

/**
 * Resolves a URL of a TwiML document.
 *
 * @throws CallFailure 15004 relative, in TwiML that came over REST; 11100 malformed
 */
export function resolveUrl(url: string, baseUrl: string | undefined): string {
  if (URL.canParse(url)) return url;
  if (baseUrl === undefined) throw new CallFailure(15004, `'${url}' must be absolute: this TwiML came over REST`);
  if (!URL.canParse(url, baseUrl)) throw new CallFailure(11100, `'${url}' is not a URL`);
  return new URL(url, baseUrl).href;
}

/** As {@link resolveUrl} for a stream: relative to an `https` document it is `wss`, to an `http` one `ws`. */
export function resolveStreamUrl(url: string, baseUrl: string | undefined): string {
  if (URL.canParse(url)) return url;
  return resolveUrl(url, baseUrl).replace(/^http/, 'ws');
}

import type { OpenTunnel } from './tunnel.ts';

/** Why there is no tunnel, in words that say what to do. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
}

/**
 * A tunnel of ngrok, over its SDK: a native library, optional, loaded only now.
 *
 * @throws TunnelError without the package, or with ngrok's own code (ngrok.com/docs/errors); never with the token
 */
export const openNgrok: OpenTunnel = async ({ port, authToken }) => {
  const { default: ngrok } = await import('@ngrok/ngrok').catch((error: unknown) => {
    throw new TunnelError('--tunnel needs a package that is not installed for this machine: npm install @ngrok/ngrok', {
      cause: error,
    });
  });
  const listener = await ngrok
    .forward({ addr: `127.0.0.1:${port}`, authtoken: authToken })
    .catch((error: unknown) => Promise.reject(refusal(error)));
  const url = listener.url();
  if (url === null) throw new TunnelError('ngrok opened a tunnel without a URL');
  return { url, close: () => listener.close() };
};

/** Ngrok's text may quote the token, so only its code is passed on. */
function refusal(error: unknown): TunnelError {
  const code = /ERR_NGROK_\d+/.exec(String(error))?.[0];
  return code === undefined
    ? new TunnelError('ngrok could not be reached: is this machine on the internet?')
    : new TunnelError(`ngrok opens no tunnel (${code}): see https://ngrok.com/docs/errors/${code.toLowerCase()}`);
}

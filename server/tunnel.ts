import { connectTwilio } from '../services/telephony/twilio/client.ts';
import { pointNumber } from '../services/telephony/twilio/point-number.ts';
import type { RunningServer } from './create-server.ts';
import { withRequired } from './required-settings.ts';
import { type Settings, SettingsError } from './settings.ts';

/** A public https origin that leads to a port of this machine. */
export interface Tunnel {
  /** Without a path, for example `https://1234.ngrok.app`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface TunnelOptions {
  /** On loopback. Nobody needs to listen there yet. */
  readonly port: number;
  readonly authToken: string;
}

/** Opens a tunnel. @throws an error that says what to do */
export type OpenTunnel = (options: TunnelOptions) => Promise<Tunnel>;

/** How a server is started; `createServer`, for example. */
export type StartServer = (settings: Settings) => Promise<RunningServer>;

/** A server that the world can reach; `close` also closes its tunnel. */
export interface TunnelledServer {
  readonly server: RunningServer;
  /** With the tunnel's `PUBLIC_URL`. */
  readonly settings: Settings;
  /** Whether the number's webhooks had to be changed. */
  readonly number: 'changed' | 'unchanged';
}

/**
 * Opens a tunnel, starts a server behind it, and points `TWILIO_PHONE_NUMBER` at it: the next call to that number rings here.
 *
 * The server listens on loopback, since nobody but the tunnel has to reach it. If anything fails, all is closed again; the
 * number stays as it is when the server ends, and so points nowhere until the next start.
 *
 * @throws SettingsError that names every variable that is missing; a ServiceError of Twilio; what `open` or `start` throw
 */
export async function startBehindTunnel(
  settings: Settings,
  open: OpenTunnel,
  start: StartServer,
): Promise<TunnelledServer> {
  // Without the auth token, anyone in the world would be accepted.
  const names = ['NGROK_AUTHTOKEN', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER'] as const;
  const complete = withRequired(settings, '--tunnel', names);
  if (settings.PORT === 0)
    throw new SettingsError(['PORT: --tunnel needs one that is known before the server listens, received 0']);
  const tunnel = await open({ port: settings.PORT, authToken: complete.NGROK_AUTHTOKEN });
  try {
    const reachable: Settings = { ...settings, host: '127.0.0.1', PUBLIC_URL: tunnel.url };
    const server = await start(reachable);
    try {
      const client = await connectTwilio({
        accountSid: complete.TWILIO_ACCOUNT_SID,
        authToken: complete.TWILIO_AUTH_TOKEN,
        baseUrl: settings.TWILIO_API_BASE_URL,
      });
      const number = await pointNumber(client, {
        phoneNumber: complete.TWILIO_PHONE_NUMBER,
        voiceUrl: `${tunnel.url}/twilio/voice`,
        statusCallback: `${tunnel.url}/twilio/status`,
      });
      return { server: closingAlso(server, tunnel), settings: reachable, number };
    } catch (error) {
      await server.close({ drainMs: 0 });
      throw error;
    }
  } catch (error) {
    await tunnel.close();
    throw error;
  }
}

/** Live calls go on through the tunnel until the server is closed. */
function closingAlso(server: RunningServer, tunnel: Tunnel): RunningServer {
  return {
    ...server,
    async close(options) {
      try {
        await server.close(options);
      } finally {
        await tunnel.close();
      }
    },
  };
}

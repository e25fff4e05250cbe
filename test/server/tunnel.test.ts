import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { createTwilioRest, type TwilioRest } from '../../emulators/twilio/rest/server.ts';
import { createServer, type RunningServer } from '../../server/create-server.ts';
import { silentLogger } from '../../server/logging.ts';
import { readSettings, type Settings, SettingsError } from '../../server/settings.ts';
import { startBehindTunnel, type TunnelOptions } from '../../server/tunnel.ts';
import { ScriptedEngines } from './scripted-engines.ts';

const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'a-secret-of-twilio';
const phoneNumber = '+14155550100';
const URL_OF_TUNNEL = 'https://1234.ngrok.example';

let rest: TwilioRest;
beforeEach(async () => {
  rest = await createTwilioRest({ accountSid, authToken, phoneNumbers: [phoneNumber] });
});
afterEach(() => rest.close());

const environment = (): NodeJS.ProcessEnv => ({
  NGROK_AUTHTOKEN: 'a-secret-of-ngrok',
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_AUTH_TOKEN: authToken,
  TWILIO_PHONE_NUMBER: phoneNumber,
  TWILIO_API_BASE_URL: rest.baseUrl,
});

/** A tunnel and a server that note what happens to them, in order. */
function world() {
  const happened: string[] = [];
  const asked: TunnelOptions[] = [];
  const started: Settings[] = [];
  const open = async (options: TunnelOptions) => {
    asked.push(options);
    happened.push('tunnel opened');
    return { url: URL_OF_TUNNEL, close: async () => void happened.push('tunnel closed') };
  };
  const start = async (settings: Settings): Promise<RunningServer> => {
    started.push(settings);
    happened.push('server started');
    const calls = {} as RunningServer['calls'];
    return { url: 'http://127.0.0.1:3000', calls, close: async () => void happened.push('server closed') };
  };
  return { happened, asked, started, open, start };
}

describe('a server behind a tunnel', () => {
  it('believes to be where the tunnel begins, listens on loopback, and its number points there', async () => {
    const { happened, asked, started, open, start } = world();
    const { server, settings, number } = await startBehindTunnel(readSettings(environment()), open, start);
    expect(asked).toEqual([{ port: 3000, authToken: 'a-secret-of-ngrok' }]);
    expect(settings).toMatchObject({ PUBLIC_URL: URL_OF_TUNNEL, host: '127.0.0.1', PORT: 3000 });
    expect(started).toEqual([settings]);
    expect(number).toBe('changed');
    expect(rest.requests.at(-1)?.parameters).toEqual({
      VoiceUrl: `${URL_OF_TUNNEL}/twilio/voice`,
      VoiceMethod: 'POST',
      StatusCallback: `${URL_OF_TUNNEL}/twilio/status`,
      StatusCallbackMethod: 'POST',
    });
    await server.close();
    expect(happened).toEqual(['tunnel opened', 'server started', 'server closed', 'tunnel closed']);
  });

  it('leaves a number alone that points there already', async () => {
    const settings = readSettings(environment());
    await startBehindTunnel(settings, world().open, world().start);
    const { number } = await startBehindTunnel(settings, world().open, world().start);
    expect(number).toBe('unchanged');
    expect(rest.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });

  it('answers signed webhooks of the public URL', async () => {
    const journals = await mkdtemp(join(tmpdir(), 'journals-'));
    const settings = readSettings({ ...environment(), LOG_DIR: journals });
    const start = (reachable: Settings) =>
      createServer({ ...reachable, PORT: 0 }, { logger: silentLogger(), engines: new ScriptedEngines().engines });
    const { server } = await startBehindTunnel(settings, world().open, start);
    try {
      const unsigned = await fetch(`${server.url}/twilio/voice`, { method: 'POST', body: new URLSearchParams() });
      expect(unsigned.status).toBe(403);
      const parameters = { CallSid: `CA${'2'.repeat(32)}` };
      const signature = getExpectedTwilioSignature(authToken, `${URL_OF_TUNNEL}/twilio/voice`, parameters);
      const signed = await fetch(`${server.url}/twilio/voice`, {
        method: 'POST',
        body: new URLSearchParams(parameters),
        headers: { 'x-twilio-signature': signature },
      });
      expect(await signed.text()).toContain('<Stream url="wss://1234.ngrok.example/twilio/media">');
    } finally {
      await server.close({ drainMs: 0 });
      await rm(journals, { recursive: true, force: true });
    }
  });

  it('names all that it lacks before it opens anything', async () => {
    const { happened, open, start } = world();
    const lacking = startBehindTunnel(readSettings({}), open, start);
    await expect(lacking).rejects.toThrow(SettingsError);
    await expect(lacking).rejects.toMatchObject({
      problems: [
        'NGROK_AUTHTOKEN: needed by --tunnel; copy it from dashboard.ngrok.com',
        'TWILIO_ACCOUNT_SID: needed by --tunnel; copy it from console.twilio.com',
        'TWILIO_AUTH_TOKEN: needed by --tunnel; copy it from console.twilio.com',
        'TWILIO_PHONE_NUMBER: needed by --tunnel; a number of the account, E.164',
      ],
    });
    await expect(startBehindTunnel(readSettings({ ...environment(), PORT: '0' }), open, start)).rejects.toMatchObject({
      problems: ['PORT: --tunnel needs one that is known before the server listens, received 0'],
    });
    expect(happened).toEqual([]);
  });

  it('closes its tunnel when it cannot start', async () => {
    const { happened, open } = world();
    const broken = async (): Promise<RunningServer> => Promise.reject(new Error('the port is taken'));
    await expect(startBehindTunnel(readSettings(environment()), open, broken)).rejects.toThrow('the port is taken');
    expect(happened).toEqual(['tunnel opened', 'tunnel closed']);
  });

  it('closes all when its number cannot be pointed', async () => {
    const { happened, open, start } = world();
    const settings = readSettings({ ...environment(), TWILIO_PHONE_NUMBER: '+14155550199' });
    await expect(startBehindTunnel(settings, open, start)).rejects.toMatchObject({
      message: 'the account has no such number: check TWILIO_PHONE_NUMBER',
    });
    expect(happened).toEqual(['tunnel opened', 'server started', 'server closed', 'tunnel closed']);
  });
});

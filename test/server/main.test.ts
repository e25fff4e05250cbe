import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createDeepgramServer } from '../../emulators/deepgram/server.ts';
import { VARIABLES } from '../../server/settings.ts';
import { callSidOf, post } from './fake-phone.ts';

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

/** A test that fails leaves its program running. */
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** A bug that nobody catches, at will. */
const BUG = "data:text/javascript,process.on('SIGUSR2', () => { throw new Error('a bug'); });";

/** Empty means unset, and keeps a `.env` of whoever runs the tests from being read. */
const UNSET = Object.fromEntries(VARIABLES.map((name) => [name, '']));

/** Runs the program with nothing but these settings. */
function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const flags = ['--disable-warning=ExperimentalWarning', '--import', 'tsx', '--import', BUG];
  const child = spawn(process.execPath, [...flags, main, ...args], {
    env: { PATH: process.env.PATH, ...UNSET, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
      child.emit('written');
    });
  return Object.assign(child, { output: () => output });
}

/** Resolves once the program has written this. */
async function written(child: ReturnType<typeof run>, text: string): Promise<void> {
  const died = exit(child).then(() => Promise.reject(new Error(child.output())));
  died.catch(() => {}); // expected at the end
  const lines = on(child, 'written');
  while (!child.output().includes(text)) await Promise.race([lines.next(), died]);
}

const exit = async (child: ChildProcess): Promise<number> => (await once(child, 'close'))[0];

describe('npm start', () => {
  it('explains itself', async () => {
    const child = run(['--help']);
    expect(await exit(child)).toBe(0);
    expect(child.output()).toContain('Settings come from the environment or .env; .env.example explains each:');
    expect(child.output()).toContain('TWILIO_AUTH_TOKEN');
  });

  it('names every problem of the settings and ends', async () => {
    const child = run([], { PORT: 'abc', TTS: 'siren' });
    expect(await exit(child)).toBe(1);
    expect(child.output()).toBe(
      [
        'The settings are wrong:',
        '  PORT: expected a whole number from 0 to 65535, received "abc"',
        '  TTS: expected an engine that is built in (deepgram-aura, local), received "siren"',
        '.env.example explains the settings.',
        '',
      ].join('\n'),
    );
  });

  it('does not start with a key that its vendor refuses', async () => {
    const deepgram = await createDeepgramServer({ apiKey: 'the-right-key', endpoints: [] });
    const child = run([], { PORT: '0', DEEPGRAM_API_KEY: 'a-wrong-key', DEEPGRAM_BASE_URL: deepgram.baseUrl });
    expect(await exit(child)).toBe(1);
    await deepgram.close();
    expect(child.output()).toBe(
      [
        'The settings are wrong:',
        '  DEEPGRAM_API_KEY: Deepgram refuses it (HTTP 401); make a new key at console.deepgram.com',
        '  CHECK_KEYS=warn starts all the same.',
        '.env.example explains the settings.',
        '',
      ].join('\n'),
    );
  });

  it('opens no tunnel for a server that anyone could use', async () => {
    const child = run(['--tunnel'], { NGROK_AUTHTOKEN: 'a-secret-of-ngrok' });
    expect(await exit(child)).toBe(1);
    expect(child.output()).toContain('TWILIO_AUTH_TOKEN: needed by --tunnel; copy it from console.twilio.com');
  });

  it('names the agents that exist', async () => {
    const child = run([], { AGENT: 'nobody' });
    expect(await exit(child)).toBe(1);
    expect(child.output()).toContain('no agent profile "nobody"; available: clinic, continental');
  });

  it('serves with the embedded engines until it is told to stop', async () => {
    const logs = await mkdtemp(join(tmpdir(), 'logs-'));
    const child = run([], { PORT: '0', LOG_DIR: logs, HOST: '0.0.0.0' });
    await written(child, 'Next:');
    expect(child.output()).toContain('Listening: local · thinking: local · speaking: local');
    expect(child.output()).toContain('TWILIO_AUTH_TOKEN is not set, so ANYONE is accepted');
    expect(child.output()).toContain('HOST=0.0.0.0 is ignored until it is set.');
    const [, url] = /on (http:\/\/127\.0\.0\.1:\d+)/.exec(child.output()) ?? [];
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exit(child)).toBe(0);
    await rm(logs, { recursive: true, force: true });
  });

  it('says at the start that no journal can be written', async () => {
    const child = run([], { PORT: '0', LOG_DIR: main });
    expect(await exit(child)).toBe(1);
    expect(child.output()).toBe(
      `The settings are wrong:\n  LOG_DIR: expected a folder that can be written, received "${main}" (EEXIST)\n.env.example explains the settings.\n`,
    );
  });

  it('goes on when nobody reads its log, and lets calls end in good order though a bug shows meanwhile', async () => {
    const logs = await mkdtemp(join(tmpdir(), 'logs-'));
    const child = run([], { PORT: '0', LOG_DIR: logs });
    await written(child, 'Next:');
    const [, url = ''] = /on (http:\/\/127\.0\.0\.1:\d+)/.exec(child.output()) ?? [];
    child.stderr.destroy();
    for (const n of [1, 2, 3]) expect((await post(`${url}/twilio/voice`, { CallSid: callSidOf(n) })).status).toBe(200);
    child.kill('SIGTERM');
    await written(child, 'SIGTERM: no more calls');
    child.kill('SIGUSR2');
    expect((await fetch(`${url}/health`)).status).toBe(200);
    for (const n of [1, 2, 3]) await post(`${url}/twilio/status`, { CallSid: callSidOf(n), CallStatus: 'completed' });
    expect(await exit(child)).toBe(0);
    await rm(logs, { recursive: true, force: true });
  });
});

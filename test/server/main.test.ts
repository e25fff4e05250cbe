import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

/** Runs the program with nothing but these settings. */
function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', 'tsx', main, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  return Object.assign(child, { output: () => output });
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
        '  TTS: expected an engine that is built in (local), received "siren"',
        '.env.example explains the settings.',
        '',
      ].join('\n'),
    );
  });

  it('names the agents that exist', async () => {
    const child = run([], { AGENT: 'nobody' });
    expect(await exit(child)).toBe(1);
    expect(child.output()).toContain('no agent profile "nobody"; available: clinic, continental');
  });

  it('serves with the embedded engines until it is told to stop', async () => {
    const logs = await mkdtemp(join(tmpdir(), 'logs-'));
    const child = run([], { PORT: '0', LOG_DIR: logs, HOST: '0.0.0.0' });
    const died = exit(child).then(() => Promise.reject(new Error(child.output())));
    died.catch(() => {}); // expected at the end
    while (!child.output().includes('Next:')) await Promise.race([once(child.stdout, 'data'), died]);
    expect(child.output()).toContain('Listening: local · thinking: local · speaking: local');
    expect(child.output()).toContain('TWILIO_AUTH_TOKEN is not set, so ANYONE is accepted');
    expect(child.output()).toContain('HOST=0.0.0.0 is ignored until it is set.');
    const [, url] = /on (http:\/\/127\.0\.0\.1:\d+)/.exec(child.output()) ?? [];
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exit(child)).toBe(0);
    await rm(logs, { recursive: true, force: true });
  });
});

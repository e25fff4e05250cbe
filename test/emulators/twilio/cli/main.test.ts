import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeMulaw } from '../../../../codecs/g711/mulaw.ts';
import { decodeWav, encodeWav } from '../../../../codecs/wav.ts';
import { callerAudioFromWav } from '../../../../emulators/twilio/cli/caller-wav.ts';
import { main } from '../../../../emulators/twilio/cli/main.ts';
import type { SpokenLine } from '../../../../journal/describe-words.ts';
import {
  connectTwiml,
  type JsonObject,
  type ScriptedServer,
  type SeenStream,
  startScriptedServer,
} from '../../../support/scripted-server.ts';

const sound = (ms: number) => new Uint8Array(ms * 8).fill(0x90);
let server: ScriptedServer;
let folder: string;

beforeEach(async () => {
  server = await startScriptedServer({ '/twilio/voice': () => connectTwiml(server.host), '/twilio/status': '' });
  folder = await mkdtemp(join(tmpdir(), 'phone-'));
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function run(argv: readonly string[], typed: readonly string[] = [], said: readonly SpokenLine[] = []) {
  const output: string[] = [];
  const spoken: string[] = [];
  const interruption = new AbortController();
  const exit = main(['--url', `${server.origin}/twilio/voice`, '--pause', '60', '--patience', '2000', ...argv], {
    print: (line) => output.push(line),
    complain: (line) => output.push(`! ${line}`),
    async *lines() {
      yield* typed;
    },
    async synthesise(text, voice) {
      spoken.push(`${voice}: ${text}`);
      return sound(100);
    },
    async *words() {
      yield* said;
    },
    interrupted: interruption.signal,
  });
  return { exit, output, spoken, interruption, text: () => output.join('\n') };
}

/** Resolves when the caller has said this many milliseconds of sound in all. */
async function heardCaller(stream: SeenStream, soundMs: number): Promise<void> {
  const isAudible = ({ media }: JsonObject) => !(media as { payload: string }).payload.startsWith('////');
  while (stream.of('media').filter(isAudible).length * 20 < soundMs) {
    await stream.received('media', stream.of('media').length + 1);
  }
}

describe('npm run call', () => {
  it('--say waits for the greeting, speaks line by line, hears the answers out and hangs up', async () => {
    const out = join(folder, 'call.wav');
    const { exit, spoken, text } = run(['--say', 'a table', '--say', 'for two', '--voice', 'kal', '--out', out]);
    const stream = await server.stream();
    await stream.play(sound(100));
    await heardCaller(stream, 100);
    await stream.play(sound(140));
    await heardCaller(stream, 200);
    await stream.play(sound(100));
    await expect(exit).resolves.toBe(0);
    expect(spoken).toEqual(['kal: a table', 'kal: for two']);
    expect(text()).toMatch(/agent +speaks.*caller +says “a table”.*silent after 0\.14 s.*caller +says “for two”/s);
    expect(text()).toMatch(
      /call completed: caller hung up\nCA[0-9a-f]{32}: answered after \d+ ms, \d+ ms; 0 warning\(s\)$/,
    );
    expect(server.requestsTo('/twilio/status')[0]?.parameters).toMatchObject({ CallStatus: 'completed' });
    const { sampleRate, channels } = decodeWav(await readFile(out));
    expect(sampleRate).toBe(8000);
    expect(channels.map((channel) => channel.filter((sample) => sample !== 0).length)).toEqual([200 * 8, 340 * 8]);
  });

  it('--wav sends a file of any rate', async () => {
    const wav = join(folder, 'order.wav');
    const tone = Int16Array.from({ length: 4800 }, (_, index) => 9000 * Math.sin((2 * Math.PI * 440 * index) / 48_000));
    await writeFile(wav, encodeWav({ sampleRate: 48_000, channels: [tone] }));
    const { exit } = run(['--wav', wav, '--at-once']);
    const stream = await server.stream();
    await heardCaller(stream, 100);
    await stream.play(sound(100));
    await expect(exit).resolves.toBe(0);
    const audio = stream.of('media').map(({ media }) => Buffer.from((media as { payload: string }).payload, 'base64'));
    const samples = decodeMulaw(Buffer.concat(audio));
    expect(Math.max(...samples)).toBeGreaterThan(8000);
    expect(samples.filter((sample) => Math.abs(sample) > 2000).length).toBeGreaterThan(600);
  });

  it('--interactive speaks what is typed and presses keys', async () => {
    const { exit, spoken, text } = run(['--interactive'], ['hello there', '/dtmf 5', '/nonsense', '', 'bye']);
    const stream = await server.stream();
    await stream.received('dtmf');
    await heardCaller(stream, 200);
    await stream.play(sound(100));
    await expect(exit).resolves.toBe(0);
    expect(spoken).toEqual(['rms: hello there', 'rms: bye']);
    expect(stream.of('dtmf')).toMatchObject([{ dtmf: { digit: '5' } }]);
    expect(text().match(/type what the caller says/g)).toHaveLength(2);
  });

  it('--interactive hangs up on command', async () => {
    const { exit, text } = run(['--interactive'], ['/hangup', 'never said']);
    await expect(exit).resolves.toBe(0);
    expect(text()).toContain('call completed: caller hung up');
  });

  it('hangs up when the user interrupts', async () => {
    const { exit, interruption, text } = run(['--say', 'never', '--patience', '60000']);
    await (await server.stream()).received('media');
    interruption.abort();
    await expect(exit).resolves.toBe(0);
    expect(text()).toContain('caller hung up');
  });

  it('ends with 3 when the agent says nothing', async () => {
    const { exit } = run(['--say', 'hello?', '--at-once', '--patience', '100']);
    await expect(exit).resolves.toBe(3);
  });

  it('ends with 1 and says what to do when the server is not there', async () => {
    const gone = await startScriptedServer({});
    await gone.close();
    const { exit, text } = run(['--url', `${gone.origin}/twilio/voice`]);
    await expect(exit).resolves.toBe(1);
    expect(text()).toBe(
      `! the call failed: 11205 cannot connect to ${gone.origin}/twilio/voice: ECONNREFUSED\n! is the server running? npm start`,
    );
  });

  it('serves the REST API for the call', async () => {
    const account = ['--account-sid', 'AC1', '--auth-token', 'secret'];
    const { exit, output } = run([...account, '--rest-port', '0', '--patience', '60000']);
    await (await server.stream()).received('media');
    const baseUrl = output[0]?.replace('REST API at ', '') ?? '';
    const [start] = (await server.stream()).of('start');
    const { callSid } = start?.start as { callSid: string };
    const answer = await fetch(`${baseUrl}/2010-04-01/Accounts/AC1/Calls/${callSid}.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('AC1:secret')}` },
      body: new URLSearchParams({ Status: 'completed' }),
    });
    expect(answer.status).toBe(200);
    await expect(exit).resolves.toBe(0);
    expect(output.join('\n')).toContain('call completed: completed over REST');
  });

  it.each([
    [
      ['--url', 'localhost'],
      "error: option '--url <url>' argument 'localhost' is invalid. Expected http://… or https://…",
    ],
    [['--from', '0123'], "argument '0123' is invalid. Expected E.164"],
    [['--pause', '0'], "argument '0' is invalid. Expected milliseconds"],
    [['--voice', 'bob'], 'Allowed choices are slt, rms, awb, kal'],
    [['--interactive', '--say', 'hello'], "error: option '--interactive' cannot be used with option '--say <text>'"],
    [['hello'], 'error: too many arguments'],
    [['--out', '/nowhere/x.wav'], "ENOENT: no such file or directory, open '/nowhere/x.wav'"],
    [['--rest-port', '0'], 'error: --rest-port needs --account-sid and --auth-token'],
    [['--wav', '/nowhere/x.wav'], "ENOENT: no such file or directory, open '/nowhere/x.wav'"],
    [['--shout'], "error: unknown option '--shout'"],
  ])('ends with 2 on wrong usage: %j', async (argv, message) => {
    const { exit, text } = run(argv);
    await expect(exit).resolves.toBe(2);
    expect(text()).toContain(message);
  });

  it('refuses a file that is no WAV', async () => {
    const file = join(folder, 'x.wav');
    await writeFile(file, 'hello');
    const { exit, text } = run(['--wav', file]);
    await expect(exit).resolves.toBe(2);
    expect(text()).toContain(`! --wav ${file}: not a WAV file`);
  });

  it('refuses a file without sound', async () => {
    const file = join(folder, 'x.wav');
    await writeFile(file, encodeWav({ sampleRate: 8000, channels: [new Int16Array(4000)] }));
    const { exit, text } = run(['--wav', file]);
    await expect(exit).resolves.toBe(2);
    expect(text()).toBe(`! --wav ${file}: 0.50 s of silence, expected a recording of a person`);
  });

  it('takes the right channel when the left is silent', () => {
    const tone = Int16Array.from({ length: 800 }, (_, index) => 9000 * Math.sin(index / 3));
    const stereo = encodeWav({ sampleRate: 8000, channels: [new Int16Array(800), tone] });
    expect(callerAudioFromWav(stereo)).toEqual(callerAudioFromWav(encodeWav({ sampleRate: 8000, channels: [tone] })));
  });

  it('shows the words of the call beside its sounds', async () => {
    const words = [
      { who: 'agent', text: 'Welcome.' },
      { who: 'caller', text: 'a table' },
    ] as const;
    const { exit, output } = run(['--interactive'], ['/hangup'], words);
    await expect(exit).resolves.toBe(0);
    expect(output.filter((line) => line.includes('“'))).toEqual([
      '           agent    says “Welcome.”',
      '           server   understood “a table”',
    ]);
  });

  it('--help explains itself', async () => {
    const { exit, text } = run(['--help']);
    await expect(exit).resolves.toBe(0);
    expect(text()).toContain('Exit codes: 0 the call went as asked');
  });
});

import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadProfile } from '../../agents/load-profile.ts';
import { monotonicClock } from '../../emulators/twilio/clock.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { startVendors } from '../../emulators/vendors/start-vendors.ts';
import { type CallRecord, callRecord } from '../../journal/call-record.ts';
import { parseJournal } from '../../journal/entry.ts';
import { createServer } from '../../server/create-server.ts';
import { silentLogger } from '../../server/logging.ts';
import { readSettings } from '../../server/settings.ts';
import { closeSynthesiser, synthesise } from '../../services/text-to-speech/local/synthesise.ts';
import { playCaller } from './caller.ts';
import { LiveView } from './live-view.ts';
import { scriptFor } from './script.ts';
import { type Finding, judge } from './verdict.ts';

export interface DemoOptions {
  /** Where journal and recording go. */
  readonly directory: string;
  readonly print: (line: string) => void;
  readonly colour: boolean;
  /** Characters a line of the live view may have. Default: no limit. */
  readonly width?: number;
  /** Deepgram and OpenAI over their own SDKs, against emulators on this machine, instead of the local engines. */
  readonly vendors?: boolean;
}

export interface DemoResult {
  readonly record: CallRecord;
  readonly findings: readonly Finding[];
  readonly journalFile: string;
  readonly wavFile: string;
}

const AGENT = 'continental';

/** Longer than any demonstration; a call that hangs must not hang the terminal (ms). */
const TOO_LONG_MS = 170_000;

/**
 * A whole call on this machine: the real server with its engines, and the phone emulator with a caller whose lines
 * are spoken by another voice. Between the two there is a webhook, a WebSocket and sound; no text.
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { directory, print, colour, width } = options;
  const clock = monotonicClock;
  const speak = (text: string): Promise<Uint8Array> => synthesise(text, 'rms');
  // Before anything is started: a folder that cannot be written to is named at once, not after the call.
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await access(directory, constants.W_OK);
  const script = scriptFor(new Date());
  let began = clock.now();
  const view = new LiveView({
    print,
    elapsed: () => clock.now() - began,
    colour,
    ...(width === undefined ? {} : { width }),
  });
  view.title(`Warming up the ${options.vendors ? 'emulated vendors' : 'local recogniser and voice'} …`);
  const vendors = options.vendors ? await startVendors({ profile: loadProfile(AGENT) }) : undefined;
  const engines = vendors?.environment ?? { STT: 'local', LLM: 'local', TTS: 'local' };
  const server = await createServer(readSettings({ PORT: '0', LOG_DIR: directory, AGENT, ...engines }), {
    logger: silentLogger(),
    onCall: (session) => {
      began = clock.now();
      session.watch((event, snapshot) => view.saw(event, snapshot));
    },
  });
  try {
    view.title(`The phone rings at ${server.url}/twilio/voice`);
    const call = await placeCall({ url: `${server.url}/twilio/voice` });
    const hangUp = clock.setTimeout(() => void call.hangUp(), TOO_LONG_MS);
    await playCaller({ call, lines: script, speak, clock, onSaying: (line) => view.saying(line) });
    clock.clearTimeout(hangUp);
    await server.close();

    const journalFile = join(directory, `${call.callSid}.jsonl`);
    const wavFile = join(directory, `${call.callSid}.wav`);
    await writeFile(wavFile, call.recording.toWav(), { mode: 0o600 });
    const journal = parseJournal(await readFile(journalFile, 'utf8'));
    const record = callRecord(journal);
    return { record, findings: judge(script, journal, record, call), journalFile, wavFile };
  } finally {
    await server.close({ drainMs: 0 });
    await vendors?.close();
    await closeSynthesiser();
  }
}

import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadProfile } from '../../../agents/load-profile.ts';
import { monotonicClock as clock } from '../../../emulators/twilio/clock.ts';
import { placeCall } from '../../../emulators/twilio/place-call.ts';
import { closeSynthesiser, synthesise } from '../../../services/text-to-speech/local/synthesise.ts';
import { playCaller } from '../caller.ts';
import { type CallerLine, scriptFor } from '../script.ts';
import { type CallResult, callResult, finishedCall, keepRecording, wentWell } from './call-result.ts';
import { CallWire } from './call-wire.ts';
import { remembered } from './remembered.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { startVendorsRoad, type VendorsRoad } from './vendors-road.ts';

export interface CallersOptions {
  /** How many call at the same time. */
  readonly callers: number;
  /** Where the journals go, and the recordings of calls that did not go as they should. */
  readonly directory: string;
  /** Takes one line for each event that matters. */
  readonly print: (line: string) => void;
  /** Deepgram and OpenAI over their own SDKs, against emulators on this machine, instead of the local engines. */
  readonly vendors?: boolean;
  /** Default: that of the demonstration. */
  readonly script?: readonly CallerLine[];
}

export interface CallersResult {
  readonly calls: readonly CallResult[];
  /** Processor time of the server's process (s), and how long that was counted (s). */
  readonly cpu: { readonly usedSeconds: number; readonly ofSeconds: number };
  /** What the server warned of. */
  readonly warnings: readonly string[];
}

const AGENT = 'continental';
/** Between two callers who dial (ms): twenty have dialled before the first has heard the greeting. */
export const STAGGER_MS = 300;
/** Longer than any demonstration; a call that hangs must not hang the terminal (ms). */
const TOO_LONG_MS = 240_000;

/**
 * The demonstration's conversation by many callers at the same time. The server is a process of its own, `npm start`; the
 * vendors' emulators and the phones share this one, so that all that is measured is measured by one clock.
 */
export async function runCallers(options: CallersOptions): Promise<CallersResult> {
  const { callers, vendors = false, script = scriptFor(new Date()) } = options;
  const directory = resolve(options.directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await access(directory, constants.W_OK);
  const speak = remembered((text) => synthesise(text, 'rms'));
  await Promise.all(script.map(({ says }) => speak(says)));

  const wires: CallWire[] = [];
  const road = vendors ? await startVendorsRoad({ profile: loadProfile(AGENT), wires, callers }) : undefined;
  const engines = road?.environment ?? { STT: 'local', LLM: 'local', TTS: 'local' };
  const settings = { PORT: '0', AGENT, LOG_DIR: directory, MAX_CALLS: String(callers), ...engines };
  try {
    const server = await startServerProcess(settings, directory);
    try {
      const { failures, cpu } = await converse({ ...options, script, speak, wires, road, server });
      await server.stop();
      const finished = await Promise.all(wires.map((wire, index) => finishedCall(wire, failures[index], directory)));
      const verdicts = await road?.judge(finished.map(({ record }) => record.interruptions));
      const calls = finished.map((call, index) => callResult(call, script, verdicts?.[index]));
      for (const [index, wire] of wires.entries()) {
        const call = calls[index];
        if (call && !wentWell(call)) await keepRecording(wire, directory);
      }
      return { calls, cpu, warnings: server.log };
    } finally {
      await server.stop();
    }
  } finally {
    await road?.close();
    await closeSynthesiser();
  }
}

interface Conversations extends CallersOptions {
  readonly script: readonly CallerLine[];
  /** The callers' voice. */
  readonly speak: (text: string) => Promise<Uint8Array>;
  /** Takes each call as it is dialled. */
  readonly wires: CallWire[];
  readonly road: VendorsRoad | undefined;
  readonly server: ServerProcess;
}

interface Conversed {
  /** For each call: why its conversation did not come to its end; undefined when it did. */
  readonly failures: readonly (string | undefined)[];
  readonly cpu: CallersResult['cpu'];
}

/** Lets all dial, one after the other, and talk. @returns when all have hung up */
async function converse({ callers, print, script, speak, wires, road, server }: Conversations): Promise<Conversed> {
  const began = clock.now();
  const cpuBefore = await server.cpuSeconds();
  const tell = (caller: number, what: string): void =>
    print(`${((clock.now() - began) / 1000).toFixed(1).padStart(6)} s  caller ${String(caller).padEnd(3)} ${what}`);

  const talk = async ({ caller, phone }: CallWire): Promise<string | undefined> => {
    phone.on('clear', ({ droppedMs }) => tell(caller, `cuts the agent; ${Math.round(droppedMs)} ms are never heard`));
    const tooLong = clock.setTimeout(() => void phone.hangUp(), TOO_LONG_MS);
    try {
      const onSaying = ({ says }: CallerLine): void => tell(caller, `says “${says}”`);
      await playCaller({ call: phone, lines: script, speak, clock, onSaying });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      clock.clearTimeout(tooLong);
      tell(caller, 'is done');
    }
  };

  const talks: Promise<string | undefined>[] = [];
  while (talks.length < callers) {
    const wire = new CallWire(wires.length + 1);
    wires.push(wire);
    wire.phone = await placeCall({
      url: `${server.url}/twilio/voice`,
      onFrame: (direction, message) => {
        if (direction === 'received') wire.noteServerMessage(message);
      },
    });
    tell(wire.caller, 'has dialled');
    talks.push(talk(wire));
    await Promise.all([road?.listensTo(wires.length), sleep(STAGGER_MS)]);
  }
  const failures = await Promise.all(talks);
  const usedSeconds = (await server.cpuSeconds()) - cpuBefore;
  return { failures, cpu: { usedSeconds, ofSeconds: (clock.now() - began) / 1000 } };
}

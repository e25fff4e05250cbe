import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadProfile } from '../../../agents/load-profile.ts';
import { monotonicClock as clock } from '../../../emulators/twilio/clock.ts';
import { placeCall } from '../../../emulators/twilio/place-call.ts';
import { type CallRecord, callRecord } from '../../../journal/call-record.ts';
import { parseJournal } from '../../../journal/entry.ts';
import { closeSynthesiser, synthesise } from '../../../services/text-to-speech/local/synthesise.ts';
import { playCaller } from '../caller.ts';
import { type CallerLine, scriptFor } from '../script.ts';
import { type Finding, judge, understoodLines } from '../verdict.ts';
import { CallWire } from './call-wire.ts';
import { remembered } from './remembered.ts';
import { startServerProcess } from './server-process.ts';
import { type RoadVerdict, startVendorsRoad } from './vendors-road.ts';

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

/** How one of the calls went. */
export interface CallerResult {
  readonly caller: number;
  readonly callSid: string;
  readonly record: CallRecord;
  readonly understood: number;
  readonly lines: number;
  readonly clears: number;
  /** Frames of the agent's sound that the phone got. */
  readonly frames: number;
  readonly findings: readonly Finding[];
  /** As the vendors saw them; none with the local engines. */
  readonly interruptions: RoadVerdict['interruptions'];
}

export interface CallersResult {
  readonly calls: readonly CallerResult[];
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
  const { callers, print, vendors = false, script = scriptFor(new Date()) } = options;
  const directory = resolve(options.directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await access(directory, constants.W_OK);
  const speak = remembered((text) => synthesise(text, 'rms'));
  await Promise.all(script.map(({ says }) => speak(says)));

  const wires: CallWire[] = [];
  const road = vendors ? await startVendorsRoad({ profile: loadProfile(AGENT), wires, callers }) : undefined;
  const engines = road?.environment ?? { STT: 'local', LLM: 'local', TTS: 'local' };
  const server = await startServerProcess(
    { PORT: '0', AGENT, LOG_DIR: directory, MAX_CALLS: String(callers), ...engines },
    directory,
  );
  const began = clock.now();
  const tell = (caller: number, what: string): void =>
    print(`${((clock.now() - began) / 1000).toFixed(1).padStart(6)} s  caller ${String(caller).padEnd(3)} ${what}`);

  /** @returns why the conversation did not come to its end; undefined when it did */
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

  try {
    const cpuBefore = await server.cpuSeconds();
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
    const endings = await Promise.all(talks);
    const cpu = { usedSeconds: (await server.cpuSeconds()) - cpuBefore, ofSeconds: (clock.now() - began) / 1000 };
    await server.stop();

    const journals = await Promise.all(
      wires.map(async ({ phone }) => parseJournal(await readFile(join(directory, `${phone.callSid}.jsonl`), 'utf8'))),
    );
    const records = journals.map(callRecord);
    const verdicts = await road?.judge(records.map(({ interruptions }) => interruptions));
    const calls: CallerResult[] = [];
    for (const [index, { caller, phone, sounds }] of wires.entries()) {
      const [journal, record, verdict, ending] = [journals[index], records[index], verdicts?.[index], endings[index]];
      if (!journal || !record) continue;
      const failure: Finding[] = ending
        ? [{ what: 'the conversation came to its end', holds: false, seen: ending }]
        : [];
      const findings = [...failure, ...judge(script, journal, record, phone), ...(verdict?.findings ?? [])];
      if (findings.some(({ holds }) => !holds))
        await writeFile(join(directory, `${phone.callSid}.wav`), phone.recording.toWav(), { mode: 0o600 });
      const count = (type: 'media' | 'clear'): number => sounds.filter((sound) => sound.type === type).length;
      calls.push({
        caller,
        callSid: phone.callSid,
        record,
        understood: understoodLines(script, journal),
        lines: script.length,
        clears: count('clear'),
        frames: count('media'),
        findings,
        interruptions: verdict?.interruptions ?? [],
      });
    }
    return { calls, cpu, warnings: server.log };
  } finally {
    await server.stop();
    await road?.close();
    await closeSynthesiser();
  }
}

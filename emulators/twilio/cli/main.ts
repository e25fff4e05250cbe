import { open, readFile, writeFile } from 'node:fs/promises';
import { CommanderError } from 'commander';
import { WavError } from '../../../codecs/wav.ts';
import type { SpokenLine } from '../../../journal/describe-words.ts';
import { ServiceError } from '../../../services/errors.ts';
import type { Voice } from '../../../services/text-to-speech/local/voices.ts';
import { CallFailure } from '../call-failure.ts';
import { monotonicClock } from '../clock.ts';
import type { PhoneCall } from '../phone-call.ts';
import type { PhoneOptions } from '../phone-options.ts';
import { placeCall } from '../place-call.ts';
import type { CallRegistry } from '../rest/registry.ts';
import { createTwilioRest, type TwilioRest } from '../rest/server.ts';
import { callerAudioFromWav } from './caller-wav.ts';
import { type AgentTurn, converse } from './conversation.ts';
import { talk } from './interactive.ts';
import { logCall, summarise } from './live-log.ts';
import { type CallCommand, callProgram } from './options.ts';

/** What the command needs from the outside. */
export interface Terminal {
  print(line: string): void;
  complain(line: string): void;
  /** What the user types, until the signal aborts. */
  lines(signal: AbortSignal): AsyncIterable<string>;
  /** Makes the caller's speech: µ-law, 8 kHz. */
  synthesise(text: string, voice: Voice): Promise<Uint8Array>;
  /** What is said in the call as the server understands it, when it keeps journals on this machine; else nothing. */
  words(folder: string, callSid: string, signal: AbortSignal): AsyncIterable<SpokenLine>;
  /** Aborted when the user wants to stop: the caller hangs up. */
  readonly interrupted: AbortSignal;
}

/** 0 as asked, 1 the call failed, 2 wrong usage, 3 the agent did not answer. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Shorter pauses belong to one stretch of speech in the log and in the response times (ms). */
const LINE_SILENCE = 300;

/** Places one call as the command line says. @param argv without the program's name */
export async function main(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const program = callProgram().configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    });
    const command = program.parse(argv, { from: 'user' }).opts<CallCommand>();
    if (command.restPort !== undefined && !(command.accountSid && command.authToken)) {
      program.error('error: --rest-port needs --account-sid and --auth-token');
    }
    return await run(command, terminal);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof CallFailure) {
      // An HTML page as an answer says nothing behind its first line.
      terminal.complain(`the call failed: ${error.code} ${error.message.split('\n', 1)[0]}`);
      if (error.code === 11205) terminal.complain('is the server running? npm start');
      if (error.code === 11200) terminal.complain('is --url the voice webhook? npm start serves /twilio/voice');
      return 1;
    }
    if (ServiceError.is(error)) {
      terminal.complain(`no speech for the caller: ${error.code}: ${error.message}`);
      return 1;
    }
    if (error instanceof WavError || isSystemError(error)) {
      terminal.complain(error.message);
      return 2;
    }
    throw error;
  }
}

async function run(command: CallCommand, terminal: Terminal): Promise<ExitCode> {
  const speech = command.wav === undefined ? undefined : await readSpeech(command.wav);
  // Before the call, not after it: a recording that cannot be written is known at once.
  if (command.out !== undefined) await (await open(command.out, 'a')).close();
  const rest = await startRest(command);
  try {
    if (rest !== undefined) terminal.print(`REST API at ${rest.baseUrl}`);
    const call = await placeCall(phoneOptions(command, terminal, rest?.registry));
    logCall(call, terminal.print, { wire: command.wire ?? false });
    const over = new AbortController();
    const words = tellWords(call, command, terminal, over.signal);
    const hangUp = (): void => void call.hangUp();
    terminal.interrupted.addEventListener('abort', hangUp);
    const turn = await speak(call, command, speech, terminal).finally(() => call.hangUp());
    const { reason } = await call.ended;
    over.abort();
    await words;
    terminal.interrupted.removeEventListener('abort', hangUp);
    if (command.out !== undefined) await writeFile(command.out, call.recording.toWav());
    terminal.print(summarise(call));
    if (reason === 'application error') return 1;
    return turn === 'said nothing' ? 3 : 0;
  } finally {
    await rest?.close();
  }
}

async function readSpeech(file: string): Promise<Uint8Array> {
  try {
    return callerAudioFromWav(await readFile(file));
  } catch (error) {
    if (error instanceof WavError) throw new WavError(`--wav ${file}: ${error.message}`);
    throw error;
  }
}

/** Prints the words of the call beside its sounds. That nobody can read them is no failure of the call. */
async function tellWords(
  { callSid }: PhoneCall,
  { journals }: CallCommand,
  { words, print, complain }: Terminal,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const { who, text } of words(journals, callSid, signal)) {
      print(`${' '.repeat(11)}${who === 'agent' ? 'agent    says' : 'server   understood'} “${text}”`);
    }
  } catch (error) {
    complain(`the words are not shown: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The caller's part of the conversation, in one of three ways. */
async function speak(
  call: PhoneCall,
  command: CallCommand,
  speech: Uint8Array | undefined,
  { lines, synthesise, print }: Terminal,
): Promise<AgentTurn> {
  const { voice, pause, patience: patienceMs, atOnce = false } = command;
  const manners = { clock: monotonicClock, pauseMs: Math.max(0, pause - LINE_SILENCE), patienceMs };
  const script = (command.say ?? []).map((text) => () => {
    print(`${' '.repeat(11)}caller   says “${text}”`);
    return synthesise(text, voice);
  });
  if (speech !== undefined) script.unshift(async () => speech);
  if (command.interactive) {
    return talk(call, { lines, print, speak: (text) => synthesise(text, voice) }, manners);
  }
  return converse(call, script, manners, { atOnce });
}

function phoneOptions(command: CallCommand, terminal: Terminal, registry: CallRegistry | undefined): PhoneOptions {
  const { url, publicUrl, statusUrl, accountSid, authToken, from, to, pause, voice } = command;
  return {
    url,
    from,
    to,
    silenceMs: Math.min(pause, LINE_SILENCE),
    statusCallback: { url: statusUrl ?? publicly(new URL('status', url), publicUrl) },
    speak: (text) => terminal.synthesise(text, voice),
    ...(publicUrl === undefined ? {} : { publicOrigin: new URL(publicUrl).origin }),
    ...(accountSid ? { accountSid } : {}),
    ...(authToken ? { authToken } : {}),
    ...(registry === undefined ? {} : { registry }),
  };
}

function publicly({ href, pathname }: URL, publicUrl: string | undefined): string {
  return publicUrl === undefined ? href : new URL(pathname, publicUrl).href;
}

async function startRest({ restPort, accountSid, authToken }: CallCommand): Promise<TwilioRest | undefined> {
  if (restPort === undefined || accountSid === undefined || authToken === undefined) return undefined;
  return createTwilioRest({ accountSid, authToken, port: restPort });
}

/** A file that is not there, a port that is taken. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

import { type Clock, sleep } from '../../twilio/clock.ts';
import type { SpeakFault } from './faults.ts';
import type { PaceDraws } from './pace.ts';

export interface FlushedSpeechOptions {
  /** Encoded as the connection asked for. */
  readonly audio: Uint8Array;
  /** Of the encoding: how much is one second. */
  readonly bytesPerSecond: number;
  readonly draws: PaceDraws;
  readonly clock: Clock;
  readonly fault: SpeakFault | undefined;
  /** Aborted by `Clear` and by the end of the socket. */
  readonly signal: AbortSignal;
  send(frame: Uint8Array): void;
}

/** Sends the audio of one flush at its pace. @returns whether all of it was sent: not when cleared, or cut by a fault */
export async function sendSpeech(options: FlushedSpeechOptions): Promise<boolean> {
  const { audio, bytesPerSecond, draws, clock, fault, signal, send } = options;
  const firstByteMs = fault?.type === 'slow first byte' ? fault.ms : draws.firstByteMs();
  if (firstByteMs > 0) await sleep(clock, firstByteMs, signal);
  const cut = fault !== undefined && CUTTING.has(fault.type);
  const end = cut ? Math.ceil(audio.length / 2) : audio.length;
  for (let sent = 0; sent < end && !signal.aborted; ) {
    const frame = audio.subarray(sent, Math.min(end, sent + draws.frameBytes()));
    send(frame);
    sent += frame.length;
    await sleep(clock, (1000 * frame.length) / bytesPerSecond / draws.speed, signal);
  }
  return !cut && !signal.aborted;
}

const CUTTING: ReadonlySet<SpeakFault['type']> = new Set(['close', 'break', 'stall', 'malformed']);

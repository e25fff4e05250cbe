import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Clock } from '../../twilio/clock.ts';
import { type ClientMessage, readClientMessage } from './client-message.ts';
import { CLOSE_REASONS, type CloseReason } from './close-reason.ts';
import { LATE_FRAME_BYTES, type SpeakFault } from './faults.ts';
import { sendSpeech } from './flushed-speech.ts';
import { type Pace, PaceDraws } from './pace.ts';
import type { SpeechSettings } from './settings.ts';
import { SlidingLimit } from './sliding-limit.ts';
import { encodeSpeech, type SpeechSource } from './speech-source.ts';

export interface SpeakSessionOptions {
  readonly settings: SpeechSettings;
  readonly speech: SpeechSource;
  readonly pace: Pace;
  readonly clock: Clock;
  /** How long a connection may live (ms). */
  readonly timeLimitMs: number;
  /** Whether `Close` waits for speech that is under way; Deepgram's pages disagree. */
  readonly drainsOnClose: boolean;
  /** Taken by the next flush. */
  nextFault(): SpeakFault | undefined;
  /** Sees every message of the client. */
  onMessage(message: ClientMessage): void;
  /** Sees the sound of a text as it leaves, frame by frame, encoded. */
  onAudio(text: string, frame: Uint8Array): void;
  /** A text was spoken to its end. */
  onFlushed(): void;
}

const MINUTE_MS = 60_000;
const FLUSHES_PER_MINUTE = 20;
const CHARACTERS_PER_MINUTE = 2400;

/** One flush that is spoken now. */
interface Speaking {
  readonly abort: AbortController;
  readonly fault: SpeakFault | undefined;
}

/**
 * One socket of `/v1/speak`: text gathers until `Flush`; the flushes are spoken one after the other, each followed by its
 * `Flushed`; `Clear` drops what is gathered, waits or is spoken.
 */
export class SpeakSession {
  readonly #socket: WebSocket;
  readonly #options: SpeakSessionOptions;
  readonly #draws: PaceDraws;
  readonly #flushes = new SlidingLimit(FLUSHES_PER_MINUTE, MINUTE_MS);
  readonly #characters = new SlidingLimit(CHARACTERS_PER_MINUTE, MINUTE_MS);
  /** Text since the last flush. */
  #text = '';
  /** Flushes that are spoken or wait, the first being spoken. */
  readonly #speaking: Speaking[] = [];
  #spoken: Promise<void> = Promise.resolve();
  #sequence = 0;

  constructor(socket: WebSocket, options: SpeakSessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#draws = new PaceDraws(options.pace);
    const limit = options.clock.setTimeout(() => this.#close(CLOSE_REASONS.timeLimit), options.timeLimitMs);
    socket.on('close', () => {
      options.clock.clearTimeout(limit);
      this.#abandon();
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data, isBinary) => this.#take(readClientMessage(data as Buffer, isBinary)));
    this.#send({
      type: 'Metadata',
      request_id: randomUUID(),
      model_name: options.settings.model,
      model_version: '2026-01-01.0',
      model_uuid: randomUUID(),
    });
  }

  #take(message: ClientMessage | CloseReason): void {
    if ('code' in message) {
      this.#close(message);
      return;
    }
    this.#options.onMessage(message);
    switch (message.type) {
      case 'Speak':
        this.#text += message.text;
        if (!this.#characters.take(message.text.length, this.#options.clock.now()))
          this.#close(CLOSE_REASONS.throughput);
        return;
      case 'Flush':
        this.#flush();
        return;
      case 'Clear':
        this.#clear();
        return;
      case 'Close':
        if (!this.#options.drainsOnClose) this.#abandon();
        void this.#spoken.then(() => this.#close(CLOSE_REASONS.normal));
        return;
    }
  }

  #flush(): void {
    if (!this.#flushes.take(1, this.#options.clock.now())) {
      const description = `Flush was ignored: more than ${FLUSHES_PER_MINUTE} in 60 seconds.`;
      this.#send({ type: 'Warning', description, code: 'EXCESSIVE_FLUSH' });
      return;
    }
    const text = this.#text;
    this.#text = '';
    const speaking: Speaking = { abort: new AbortController(), fault: this.#options.nextFault() };
    this.#speaking.push(speaking);
    this.#spoken = this.#spoken
      .then(() => this.#speak(text, speaking))
      .catch(() => this.#close(CLOSE_REASONS.internal));
  }

  async #speak(text: string, speaking: Speaking): Promise<void> {
    const { signal } = speaking.abort;
    const { settings, speech, clock, onAudio } = this.#options;
    const bytesPerSecond = settings.sampleRate * (settings.encoding === 'linear16' ? 2 : 1);
    const samples = signal.aborted ? new Int16Array() : await speech(text, settings.sampleRate);
    const audio = encodeSpeech(samples, settings.encoding);
    const { fault } = speaking;
    const send = (frame: Uint8Array): void => {
      onAudio(text, frame);
      this.#socket.send(frame);
    };
    const complete = await sendSpeech({ audio, bytesPerSecond, draws: this.#draws, clock, fault, signal, send });
    if (signal.aborted) return;
    if (complete) {
      this.#speaking.shift();
      this.#options.onFlushed();
      this.#send({ type: 'Flushed', sequence_id: this.#sequence++ });
    } else this.#break(fault);
  }

  /** What a fault does once half of the audio is out. */
  #break(fault: SpeakFault | undefined): void {
    if (fault?.type === 'close') this.#close(CLOSE_REASONS[fault.reason]);
    else if (fault?.type === 'break') this.#socket.terminate();
    else if (fault?.type === 'malformed') this.#socket.send('{"type":"Flushed",');
  }

  #clear(): void {
    const fault = this.#speaking[0]?.fault;
    this.#text = '';
    this.#abandon();
    if (fault?.type === 'not cleared') return;
    if (fault?.type === 'late audio')
      for (let frame = 0; frame < fault.frames; frame += 1) this.#socket.send(new Uint8Array(LATE_FRAME_BYTES));
    this.#send({ type: 'Cleared', sequence_id: this.#sequence++ });
  }

  #abandon(): void {
    for (const { abort } of this.#speaking.splice(0)) abort.abort();
  }

  #close({ code, reason }: CloseReason): void {
    this.#abandon();
    this.#socket.close(code, reason);
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    this.#socket.send(JSON.stringify(message));
  }
}

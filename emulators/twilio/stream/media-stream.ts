import { WebSocket } from 'ws';
import { FRAME_BYTES } from '../../../codecs/framing.ts';
import { CallFailure } from '../call-failure.ts';
import type { Clock } from '../clock.ts';
import type { PhoneFaults } from '../faults.ts';
import type { Recorder } from '../recorder.ts';
import type { Timeline } from '../timeline.ts';
import { AudioLine } from './audio-line.ts';
import type { CallerAudio } from './caller-audio.ts';
import { handshakeFailure } from './handshake-failure.ts';
import { JitteryNetwork } from './jitter.ts';
import { readServerMessage } from './server-message.ts';
import { type StreamIdentity, Uplink } from './uplink.ts';

export interface MediaStreamOptions {
  /** Where to dial, already checked. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly identity: StreamIdentity;
  readonly customParameters: Readonly<Record<string, string>>;
  readonly caller: CallerAudio;
  readonly recorder: Recorder;
  readonly timeline: Timeline;
  readonly clock: Clock;
  readonly faults: PhoneFaults;
  /** A pause longer than this is silence (ms). */
  readonly silenceMs: number;
  /** Sees every message on the wire. */
  readonly onFrame: (direction: 'sent' | 'received', message: string) => void;
  /** Called once, when `start` is on the wire. */
  readonly onStarted: () => void;
}

/** How a stream ended: the phone stopped it, the server closed it (WebSocket close code), or it failed. */
export type StreamEnd =
  | { readonly by: 'phone' }
  | { readonly by: 'server'; readonly closeCode: number }
  | { readonly by: 'failure'; readonly failure: CallFailure };

/** How long the handshake may take (ms). Twilio documents none; ours only keeps a test from hanging. */
const HANDSHAKE_TIMEOUT = 5000;
/** How long the server may take to answer our close frame (ms). */
const CLOSE_TIMEOUT = 1000;
/** What the `ws` package reports when the socket ended without a close frame. */
const NO_CLOSE_FRAME = 1006;

/** The socket of one `<Connect><Stream>`: dials the server, speaks Twilio's side of the protocol, refuses what it refuses. */
export class MediaStream {
  /** Resolves when the socket is gone. Never rejects. */
  readonly ended: Promise<StreamEnd>;
  readonly #options: MediaStreamOptions;
  readonly #socket: WebSocket;
  readonly #network: JitteryNetwork;
  readonly #uplink: Uplink;
  /** Undefined until `start` is sent. */
  #line: AudioLine | undefined;
  #startedAt = 0;
  /** Undefined while the stream runs. */
  #end: StreamEnd | undefined;

  constructor(options: MediaStreamOptions) {
    const { address, headers, identity, clock, faults } = options;
    this.#options = options;
    this.#network = new JitteryNetwork(faults.jitter, (message) => this.#deliver(message));
    this.#uplink = new Uplink(identity, (message) => this.#network.send(message, clock.now() - this.#startedAt));
    this.#socket = new WebSocket(address, { headers, perMessageDeflate: false, handshakeTimeout: HANDSHAKE_TIMEOUT });
    this.ended = this.#attach();
  }

  /** The caller pressed a key. */
  dtmf(digit: string): void {
    if (this.#line !== undefined) this.#uplink.dtmf(digit);
  }

  /** Ends the stream as Twilio does: `stop`, then a close frame; nothing is sent after. */
  stop(): void {
    if (this.#end !== undefined) return;
    this.#line?.stop();
    this.#end = { by: 'phone' };
    if (this.#options.faults.stopMissing || this.#socket.readyState !== WebSocket.OPEN) {
      this.#socket.terminate();
      return;
    }
    if (this.#line !== undefined) this.#uplink.stop();
    this.#network.flush();
    this.#socket.close(1000);
    const { clock } = this.#options;
    const timer = clock.setTimeout(() => this.#socket.terminate(), CLOSE_TIMEOUT);
    this.#socket.once('close', () => clock.clearTimeout(timer));
  }

  /** The socket dies without a word, as when a cable is pulled. */
  drop(): void {
    this.#end ??= failed(31903, 'stream: the line was dropped');
    this.#socket.terminate();
  }

  #attach(): Promise<StreamEnd> {
    const { address } = this.#options;
    return new Promise((resolve) => {
      let opened = false;
      this.#socket.on('open', () => {
        opened = true;
        this.#begin();
      });
      this.#socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
      this.#socket.on('error', (error: Error & { code?: string }) => {
        if (!opened) this.#end ??= { by: 'failure', failure: handshakeFailure(address, error) };
        else if (error.code?.startsWith('WS_ERR')) {
          this.#end ??= failed(31924, `stream: protocol error: ${error.message}`, error);
        }
      });
      this.#socket.on('close', (closeCode) => {
        if (closeCode === NO_CLOSE_FRAME) this.#end ??= failed(31903, 'stream: the socket broke without a close frame');
        this.#end ??= { by: 'server', closeCode };
        this.#finish(this.#end);
        resolve(this.#end);
      });
    });
  }

  #begin(): void {
    const { timeline, identity, customParameters, faults, clock, onStarted } = this.#options;
    this.#uplink.connected();
    if (faults.noStart) return;
    this.#startedAt = clock.now();
    this.#uplink.start(customParameters);
    if (faults.duplicateStart) this.#uplink.start(customParameters);
    timeline.record({ type: 'streamStarted', streamSid: identity.streamSid, customParameters }, this.#startedAt);
    this.#line = new AudioLine({
      ...this.#options,
      frameBytes: faults.frameBytes ?? FRAME_BYTES,
      sendMedia: (frame, timestampMs) => this.#uplink.media(frame, timestampMs),
      sendMark: (name) => this.#uplink.mark(name),
    });
    this.#line.start();
    onStarted();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#end !== undefined) return;
    const { timeline, identity, onFrame } = this.#options;
    onFrame('received', isBinary ? `<${data.length} bytes>` : data.toString());
    const message = readServerMessage(data, isBinary, identity.streamSid);
    switch (message.event) {
      case 'refused':
        timeline.warn(message.code, `ignored a message of the server: ${message.reason}`);
        break;
      case 'media':
        this.#line?.play(Buffer.from(message.media.payload, 'base64'));
        break;
      case 'mark':
        this.#line?.mark(message.mark.name);
        break;
      case 'clear':
        this.#line?.clear();
        break;
    }
  }

  #finish(end: StreamEnd): void {
    const { timeline, identity } = this.#options;
    if (end.by !== 'phone') this.#line?.stop();
    if (this.#line !== undefined) {
      timeline.record({ type: 'streamEnded', streamSid: identity.streamSid, by: end.by });
    }
    if (end.by === 'failure') timeline.warn(end.failure.code, end.failure.message);
    if (end.by === 'server') timeline.warn(31921, `stream: the server closed the socket (code ${end.closeCode})`);
  }

  #deliver(message: string): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(message);
    this.#options.onFrame('sent', message);
  }
}

function failed(code: number, message: string, cause?: Error): StreamEnd {
  return { by: 'failure', failure: new CallFailure(code, message, { cause }) };
}

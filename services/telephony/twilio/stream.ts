import type { WebSocket } from 'ws';
import { BYTES_PER_MS, FRAME_BYTES } from '../../../codecs/framing.ts';
import type { Digit } from '../../../machines/call/events.ts';
import type { PlayoutWire } from '../carrier-line.ts';
import { decodeBase64, type InboundMessage, inboundMessage, readMedia, type StreamStart } from './messages.ts';

/** Ways in which a peer breaks the protocol. Each such message is ignored and counted. */
export type StreamFault =
  | 'binary-frame'
  | 'not-json'
  | 'invalid-message'
  | 'before-start'
  | 'second-start'
  | 'wrong-stream'
  | 'out-of-order'
  | 'bad-audio'
  | 'after-stop';

/** What happens on one stream after its `start`. Called synchronously, in the order of the wire. */
export interface StreamListener {
  /** The caller's next audio: µ-law, usually 160 bytes for 20 ms. The memory belongs to the listener. */
  audio(mulaw: Uint8Array): void;
  digit(digit: Digit): void;
  markReturned(name: string): void;
  /** Twilio says that the stream is over: the caller hung up, or the call was redirected. */
  stopped(): void;
  /** The socket is closed. `dropped`: neither Twilio's `stop` nor our close came before. Once, always last. */
  closed(how: 'clean' | 'dropped'): void;
}

export interface TwilioStreamOptions {
  /** Decides about a stream that has started. @returns who listens from now on; undefined refuses the stream */
  accept(start: StreamStart, stream: TwilioStream): StreamListener | undefined;
  /** A message was ignored. `count` is how many of this kind so far, so that the first can be logged. */
  onFault(fault: StreamFault, count: number): void;
  /** The socket broke the WebSocket protocol, or a listener threw: the stream is closed, other streams never notice. */
  onError(error: unknown): void;
}

/** After so many ignored messages in a row (5 s of audio) the peer is not Twilio any more, or deaf and dumb. */
const FAULTS_IN_A_ROW = 250;
/** WebSocket close codes, RFC 6455 §7.4.1. */
const NORMAL = 1000;
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;

/**
 * One Twilio media stream: a WebSocket that carries a call's audio both ways as JSON with base64.
 *
 * Reads and checks every message (protocol: Twilio Media Streams WebSocket messages), and tells its listener what
 * happened. Writes what playout sends. Nothing here waits, and a broken message never throws.
 */
export class TwilioStream implements PlayoutWire {
  readonly #socket: WebSocket;
  readonly #options: TwilioStreamOptions;
  readonly #faults = new Map<StreamFault, number>();
  readonly #scratch = Buffer.alloc(FRAME_BYTES);
  #faultsInARow = 0;
  #listener: StreamListener | undefined;
  #streamSid = '';
  #mediaPrefix = '';
  #sequence = -1;
  #phase: 'opening' | 'streaming' | 'over' = 'opening';
  #audioBytes = 0;
  #messages = 0;

  constructor(socket: WebSocket, options: TwilioStreamOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('message', (data, isBinary) => {
      this.#messages += 1;
      // What was on its way while we closed the socket is no fault of the peer.
      if (socket.readyState !== socket.OPEN) return;
      this.#guarded(() => this.#count(isBinary ? 'binary-frame' : this.#read(data.toString())));
    });
    socket.on('error', (error) => options.onError(error));
    socket.on('close', () => {
      const how = this.#phase === 'over' ? 'clean' : 'dropped';
      this.#phase = 'over';
      this.#guarded(() => this.#listener?.closed(how));
      this.#listener = undefined;
    });
  }

  /** The stream's audio clock: ms of the caller's audio received so far. */
  get audioMs(): number {
    return this.#audioBytes / BYTES_PER_MS;
  }

  /** Messages received so far, valid or not. One that stands still belongs to a dead line. */
  get messages(): number {
    return this.#messages;
  }

  /** Whether the caller is still on this stream, as far as Twilio has said. */
  get isLive(): boolean {
    return this.#phase === 'streaming';
  }

  /** Sends one frame. By concatenation, because base64 needs no escaping and this runs fifty times a second. */
  media(frame: Uint8Array): void {
    this.#scratch.set(frame);
    this.#send(`${this.#mediaPrefix}${this.#scratch.toString('base64', 0, frame.length)}"}}`);
  }

  mark(name: string): void {
    this.#send(JSON.stringify({ event: 'mark', streamSid: this.#streamSid, mark: { name } }));
  }

  clear(): void {
    this.#send(JSON.stringify({ event: 'clear', streamSid: this.#streamSid }));
  }

  /** Closes the socket; Twilio goes on with the `<Connect action>`. Messages that still come in are ignored. */
  close(code = NORMAL, reason = ''): void {
    this.#phase = 'over';
    this.#socket.close(code, reason);
  }

  /** Destroys a socket that does not answer. Tells `dropped` unless the stream was over before. */
  terminate(): void {
    this.#socket.terminate();
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.onError(error);
      this.close(INTERNAL_ERROR, 'internal error');
    }
  }

  #send(text: string): void {
    if (this.#phase === 'streaming' && this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text);
  }

  /** Handles one message. @returns what is wrong with it, if it is to be ignored */
  #read(text: string): StreamFault | undefined {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      return 'not-json';
    }
    if (typeof message !== 'object' || message === null || !('event' in message)) return 'invalid-message';
    if (this.#phase === 'over') return 'after-stop';
    if (message.event === 'media') return this.#readMedia(message as Record<string, unknown>);
    const known = inboundMessage.safeParse(message);
    if (known.success) return this.#readControl(known.data);
    // Without a start that can be understood there is no call; a call that is live already needs no other.
    if (message.event === 'start' && this.#phase === 'opening') this.close(POLICY_VIOLATION, 'invalid start message');
    return 'invalid-message';
  }

  #readMedia(message: Record<string, unknown>): StreamFault | undefined {
    const media = readMedia(message);
    if (!media) return 'invalid-message';
    const misplaced = this.#place(media.streamSid, media.sequenceNumber);
    if (misplaced) return misplaced;
    const mulaw = decodeBase64(media.payload);
    if (!mulaw) return 'bad-audio';
    this.#audioBytes += mulaw.length;
    this.#listener?.audio(mulaw);
    return undefined;
  }

  #readControl(message: InboundMessage): StreamFault | undefined {
    if (message.event === 'connected') return undefined;
    if (message.event === 'start') return this.#begin(message.start, Number(message.sequenceNumber));
    const misplaced = this.#place(message.streamSid, Number(message.sequenceNumber));
    if (misplaced) return misplaced;
    if (message.event === 'dtmf') this.#listener?.digit(message.dtmf.digit);
    else if (message.event === 'mark') this.#listener?.markReturned(message.mark.name);
    else {
      this.#phase = 'over';
      this.#listener?.stopped();
    }
    return undefined;
  }

  #begin(start: StreamStart, sequence: number): StreamFault | undefined {
    if (this.#phase !== 'opening') return 'second-start';
    this.#phase = 'streaming';
    this.#sequence = sequence;
    this.#streamSid = start.streamSid;
    this.#mediaPrefix = `{"event":"media","streamSid":${JSON.stringify(start.streamSid)},"media":{"payload":"`;
    this.#listener = this.#options.accept(start, this);
    if (!this.#listener) this.close(POLICY_VIOLATION, 'stream refused');
    return undefined;
  }

  /** Checks that a message belongs to this stream and follows the one before; numbers may skip, never go back. */
  #place(streamSid: string, sequence: number): StreamFault | undefined {
    if (this.#phase === 'opening') return 'before-start';
    if (streamSid !== this.#streamSid) return 'wrong-stream';
    if (sequence <= this.#sequence) return 'out-of-order';
    this.#sequence = sequence;
    return undefined;
  }

  #count(fault: StreamFault | undefined): void {
    if (!fault) {
      this.#faultsInARow = 0;
      return;
    }
    const count = (this.#faults.get(fault) ?? 0) + 1;
    this.#faults.set(fault, count);
    this.#faultsInARow += 1;
    this.#options.onFault(fault, count);
    if (this.#faultsInARow === FAULTS_IN_A_ROW) this.close(POLICY_VIOLATION, 'too many invalid messages');
  }
}

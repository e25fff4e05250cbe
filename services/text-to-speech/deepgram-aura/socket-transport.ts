import type { DeepgramTransport, DeepgramTransportCloseEvent, DeepgramTransportMessage } from '@deepgram/sdk';
import { WebSocket } from 'ws';

/** How a socket ended, or why it never opened. */
export type SocketEnd =
  /** The handshake was answered, but not with 101. `reason` is Deepgram's own code, when it gave one. */
  | { readonly type: 'refused'; readonly status: number; readonly reason: string | undefined }
  | { readonly type: 'failed'; readonly error: Error }
  /** A close frame (RFC 6455, section 7.4), or 1006 for none. */
  | { readonly type: 'closed'; readonly code: number; readonly reason: string };

export interface SocketTransportOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long the handshake may take (ms). */
  readonly openTimeoutMs: number;
  /** Between two pings (ms); a ping that is not answered before the next means that the peer is gone. */
  readonly pingMs: number;
  /** Takes binary frames at once, in order with the texts that go through the SDK. */
  onBinary(bytes: Uint8Array): void;
  /** Once; nothing follows. */
  onEnd(end: SocketEnd): void;
}

/**
 * The socket below the SDK. The SDK's own hides why a handshake was refused, wraps audio into Blobs that can only be read
 * later (so a text overtakes the audio before it), cannot ping and cannot be ended at once; it has this seam instead.
 */
export class SocketTransport implements DeepgramTransport {
  readonly #socket: WebSocket;
  readonly #opened: (() => void)[] = [];
  readonly #messages: ((message: DeepgramTransportMessage) => void)[] = [];
  readonly #closed: ((event: DeepgramTransportCloseEvent) => void)[] = [];

  constructor({ url, headers, openTimeoutMs, pingMs, onBinary, onEnd }: SocketTransportOptions) {
    const socket = new WebSocket(url, { headers, handshakeTimeout: openTimeoutMs, perMessageDeflate: false });
    this.#socket = socket;
    let unanswered = 0;
    const pings = setInterval(() => {
      if (unanswered > 0) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) {
        unanswered += 1;
        socket.ping();
      }
    }, pingMs);
    pings.unref();
    let end = (how: SocketEnd): void => {
      end = () => undefined;
      clearInterval(pings);
      const { code, reason } = how.type === 'closed' ? how : { code: 1006, reason: '' };
      for (const listener of this.#closed) listener({ code, reason });
      onEnd(how);
    };
    socket.on('open', () => {
      for (const listener of this.#opened) listener();
    });
    socket.on('pong', () => {
      unanswered = 0;
    });
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) return onBinary(data);
      const text = data.toString('utf8');
      for (const listener of this.#messages) listener(text);
    });
    socket.on('unexpected-response', (_request, { statusCode = 0, headers: answered }) => {
      end({ type: 'refused', status: statusCode, reason: answered['dg-error']?.toString() });
      socket.terminate();
    });
    socket.on('error', (error) => end({ type: 'failed', error }));
    socket.on('close', (code, reason) => end({ type: 'closed', code, reason: reason.toString('utf8') }));
  }

  send(data: DeepgramTransportMessage): void {
    if (typeof data === 'string') this.#socket.send(data);
    else throw new TypeError('only texts are sent to a voice');
  }

  onOpen(listener: () => void): void {
    this.#opened.push(listener);
  }

  onMessage(listener: (message: DeepgramTransportMessage) => void): void {
    this.#messages.push(listener);
  }

  /** Never called: failures end the transport, and the SDK hears of them as a close. */
  onError(): void {}

  onClose(listener: (event: DeepgramTransportCloseEvent) => void): void {
    if (this.#socket.readyState === WebSocket.CLOSED) listener({ code: 1006, reason: '' });
    else this.#closed.push(listener);
  }

  isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  /** Ends the connection now, without a word to the peer. */
  terminate(): void {
    this.#socket.terminate();
  }
}

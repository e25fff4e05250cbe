import { WebSocket } from 'ws';
import type { DeepgramServer } from '../../../../emulators/deepgram/server.ts';

/** What the emulator said: a text as parsed, `audio` for frames that follow each other, or the end. */
export type Heard = { readonly type: string; readonly [field: string]: unknown };

/** A bare WebSocket: tests say exactly what they want, wrong things, too. */
export class RawClient {
  readonly heard: Heard[] = [];
  /** Sizes of the binary frames, in order. */
  readonly frames: number[] = [];
  readonly #audio: Buffer[] = [];
  readonly #socket: WebSocket;
  #wake: () => void = () => undefined;

  constructor({ baseUrl }: DeepgramServer, query: string, authorization = 'Token test-key') {
    this.#socket = new WebSocket(`${baseUrl}/v1/speak${query}`, { headers: { authorization } });
    this.#socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        this.#audio.push(data);
        this.frames.push(data.length);
        if (this.heard.at(-1)?.type !== 'audio') this.#hear({ type: 'audio' });
      } else this.#hear(parse(data.toString()));
    });
    this.#socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        const { err_code, err_msg } = JSON.parse(body);
        const error = response.headers['dg-error'];
        this.#hear({ type: 'refused', status: response.statusCode, error, err_code, err_msg });
        this.#socket.terminate();
      });
    });
    this.#socket.on('error', () => this.#wake());
    this.#socket.on('close', (code, reason) => this.#hear({ type: 'closed', code, reason: reason.toString() }));
  }

  /** All audio so far. */
  get audio(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#audio));
  }

  get types(): readonly string[] {
    return this.heard.map(({ type }) => type);
  }

  /** Resolves with the first thing of that type, also if it was heard before. @param count which one */
  async until(type: string, count = 1): Promise<Heard> {
    for (;;) {
      const found = this.heard.filter((heard) => heard.type === type)[count - 1];
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  send(...messages: readonly (object | string | Buffer)[]): void {
    for (const message of messages)
      this.#socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  #hear(heard: Heard): void {
    this.heard.push(heard);
    this.#wake();
  }
}

function parse(text: string): Heard {
  try {
    return JSON.parse(text);
  } catch (error) {
    return { type: 'garbage', text, error };
  }
}

import type { WebSocket } from 'ws';
import { createListenEndpoint } from '../../../emulators/deepgram/listen/endpoint.ts';
import type { ScriptStep } from '../../../emulators/deepgram/listen/script.ts';
import type { Endpoint } from '../../../emulators/deepgram/server.ts';
import type { TurnSaid } from '../hands.ts';
import { TurnInfos } from '../turn-infos.ts';

/** Flux's emulator in the hands of a walk: it accepts a session, and says something, when it is told to. */
export class WireFlux {
  readonly endpoint: Endpoint;
  /** Sessions that were asked for. */
  sessions = 0;
  readonly #listen;
  #socket: WebSocket | undefined;
  #accept = (): void => {};
  #script: ScriptStep[] = [];
  #turns = new TurnInfos();

  constructor(changed: () => void) {
    const listen = createListenEndpoint({
      // The script grows while its session goes on.
      hears: () => {
        this.#script = [];
        return { script: this.#script };
      },
    });
    this.#listen = listen;
    this.endpoint = {
      ...listen,
      connect: (query) => {
        const taker = listen.connect(query);
        if (typeof taker !== 'function') return taker;
        return (socket) => {
          this.sessions += 1;
          this.#socket = socket;
          this.#turns = new TurnInfos();
          this.#accept = () => taker(socket);
          changed();
        };
      },
    };
  }

  connect(): void {
    this.#accept();
  }

  break(): void {
    this.#socket?.terminate();
  }

  refuse(): void {
    const description = 'The message could not be parsed.';
    this.#socket?.send(
      JSON.stringify({ type: 'Error', sequence_id: 0, code: 'UNPARSABLE_CLIENT_MESSAGE', description }),
    );
  }

  /** Takes effect with the next audio. Any message, however illegal: the adapter has to put up with it. */
  say(said: TurnSaid): void {
    const atMs = this.#listen.connections.at(-1)?.heardMs ?? 0;
    this.#script.push({ atMs, fault: 'message', message: this.#turns.next(said) });
  }
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { runOn } from './own-core.ts';

/** What is sent over a bare road; without a wish it is only noise, as a telephone's frames are. */
export interface BareMessage {
  readonly wants?: 'request' | 'message';
  readonly filling: string;
}

/** About what a model is asked in one turn, and what a recogniser says of one. */
export const BARE_REQUEST_BYTES = 8500;
const MESSAGE_BYTES = 600;
const FRAME_BYTES = 300;
const FRAME_MS = 20;
/** Between two crossings, and between the last frame and a crossing (ms): it is always the idle machine that is met. */
const PAUSE_MS = 300;

/**
 * The road without a server: another process answers a message with a request, or with a message, at once. What that takes
 * belongs to the machine, its sockets and Node; the rest of a hop is ours.
 */
export interface BareRoad {
  /** How long (ms) each crossing took so far, there and back. */
  readonly toRequest: readonly number[];
  readonly toMessage: readonly number[];
  stop(): Promise<void>;
}

/**
 * Starts one, and crosses it until it is stopped.
 *
 * @param core where the far end runs. Default: anywhere
 */
export async function startBareRoad(core?: number): Promise<BareRoad> {
  let arrived: (atMs: number) => void = () => {};
  const http = createServer((request, response) => {
    arrived(performance.now());
    request.resume().on('end', () => response.end());
  });
  const sockets = new WebSocketServer({ server: http });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const far = fork(new URL('bare-road-process.ts', import.meta.url), [`http://127.0.0.1:${port}`]);
  const [socket] = (await once(sockets, 'connection')) as [WebSocket];
  if (core !== undefined && far.pid !== undefined) runOn(far.pid, [core]);
  socket.on('message', () => arrived(performance.now()));

  const send = (message: BareMessage): void => socket.send(JSON.stringify(message));
  const cross = async (wants: 'request' | 'message'): Promise<number> => {
    const answered = new Promise<number>((resolve) => {
      arrived = resolve;
    });
    const sentMs = performance.now();
    send({ wants, filling: 'x'.repeat(MESSAGE_BYTES) });
    return (await answered) - sentMs;
  };
  const frames = setInterval(() => send({ filling: 'x'.repeat(FRAME_BYTES) }), FRAME_MS);
  const [toRequest, toMessage]: [number[], number[]] = [[], []];
  let stopped = false;
  const crossings = (async () => {
    while (!stopped) {
      await sleep(PAUSE_MS);
      toRequest.push(await cross('request'));
      await sleep(PAUSE_MS);
      toMessage.push(await cross('message'));
    }
  })();
  return {
    toRequest,
    toMessage,
    async stop() {
      stopped = true;
      await crossings;
      clearInterval(frames);
      const exited = once(far, 'exit');
      socket.close();
      await exited;
      http.close();
      http.closeAllConnections();
    },
  };
}

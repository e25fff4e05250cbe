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
/** Between two crossings (ms): a process is met as idle as that of a server with one call. */
const PAUSE_MS = 300;
/** The first ones pay for code that was never run. */
const WARM_UP = 5;
const CROSSINGS = 20;

/**
 * The road without a server: another process answers a message with a request, or with a message, at once. What that takes (ms,
 * there and back) belongs to the machine, its sockets and Node; the rest of a hop is ours.
 */
export interface BareRoad {
  readonly toRequest: readonly number[];
  readonly toMessage: readonly number[];
}

/**
 * Measures one, while nothing else runs.
 *
 * @param core where the far end runs. Default: anywhere
 * @throws when the far end dies
 */
export async function measureBareRoad(core?: number): Promise<BareRoad> {
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
  const exited = once(far, 'exit');
  const died = exited.then(([code]): never => {
    throw new Error(`the far end of the bare road ended with ${code}`);
  });
  died.catch(() => undefined);
  const [socket] = (await Promise.race([once(sockets, 'connection'), died])) as [WebSocket];
  if (core !== undefined && far.pid !== undefined) runOn(far.pid, [core]);
  socket.on('message', () => arrived(performance.now()));

  const send = (message: BareMessage): void => socket.send(JSON.stringify(message));
  const cross = async (wants: 'request' | 'message'): Promise<number> => {
    await sleep(PAUSE_MS);
    const answered = new Promise<number>((resolve) => {
      arrived = resolve;
    });
    const sentMs = performance.now();
    send({ wants, filling: 'x'.repeat(MESSAGE_BYTES) });
    return (await Promise.race([answered, died])) - sentMs;
  };
  const frames = setInterval(() => send({ filling: 'x'.repeat(FRAME_BYTES) }), FRAME_MS);
  const [toRequest, toMessage]: [number[], number[]] = [[], []];
  for (let crossing = 0; crossing < WARM_UP + CROSSINGS; crossing += 1) {
    toRequest.push(await cross('request'));
    toMessage.push(await cross('message'));
  }
  clearInterval(frames);
  socket.close();
  await exited;
  http.close();
  http.closeAllConnections();
  return { toRequest: toRequest.slice(WARM_UP), toMessage: toMessage.slice(WARM_UP) };
}

import { Agent, request } from 'node:http';
import { WebSocket } from 'ws';
import { BARE_REQUEST_BYTES, type BareMessage } from './bare-road.ts';

/** The far end of a bare road: answers each message at once, and does nothing else. Its argument is the near end's address. */
const { host, port } = new URL(process.argv[2] ?? '');
const socket = new WebSocket(`ws://${host}`);
const agent = new Agent({ keepAlive: true });
const body = 'x'.repeat(BARE_REQUEST_BYTES);

socket.on('message', (data) => {
  const { wants }: BareMessage = JSON.parse(data.toString());
  if (wants === 'message') socket.send(body.slice(0, 100));
  if (wants !== 'request') return;
  const asked = request({ host: '127.0.0.1', port, agent, method: 'POST' }, (response) => response.resume());
  asked.on('error', () => {});
  asked.end(body);
});
socket.on('close', () => process.exit());

import { EventEmitter } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { WebSocket } from 'ws';
import { type StreamFault, TwilioStream } from '../../services/telephony/twilio/stream.ts';
import { callSidOf, FakePhone } from '../server/fake-phone.ts';
import { type TestServer, testServer } from '../server/test-server.ts';
import { captureLog } from './captured-log.ts';
import { mutate, seededRandom, validMessages } from './fuzz-messages.ts';

const SEED = 20_240_607;
const IN_PROCESS = 97_000;
const OVER_THE_WIRE = 3000;
/** Messages of one stream: some streams end early, by a `stop` that was left whole. */
const STREAM_LENGTH = 50;
/** What may stay behind of all streams together (bytes); each had some 20 kB of messages. */
const MOST_LEFT_BYTES = 16_000_000;
const FAULTS: readonly StreamFault[] = [
  'after-stop',
  'bad-audio',
  'before-start',
  'binary-frame',
  'invalid-message',
  'not-json',
  'out-of-order',
  'second-start',
  'wrong-stream',
];

/** The server's side of a socket, without a network. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  closedWith: number | undefined;

  send(): void {}

  close(code: number): void {
    if (this.readyState !== this.OPEN) return;
    this.readyState = 2;
    this.closedWith = code;
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** Bytes that are reachable. */
const heap = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

const draws = (seed: number): ((below: number) => number) => {
  const random = seededRandom(seed);
  return (below) => Math.floor(random() * below);
};

describe('broken messages of a fixed seed', () => {
  it('97,000 within the process: each is handled or counted, no listener gets what is not of its shape, nothing throws', () => {
    const draw = draws(SEED);
    const seen = new Map<StreamFault, number>();
    const thrown: unknown[] = [];
    const codes = new Set<number>();
    const told = { audio: 0, digits: 0, marks: 0, ended: 0, streams: 0 };
    let wrong = 0;
    let socket = new FakeSocket();
    const open = (): void => {
      socket.emit('close');
      socket = new FakeSocket();
      told.streams += 1;
      new TwilioStream(socket as unknown as WebSocket, {
        accept: () => ({
          audio: (mulaw) => {
            told.audio += 1;
            if (!(mulaw instanceof Uint8Array) || mulaw.length === 0) wrong += 1;
          },
          digit: (digit) => {
            told.digits += 1;
            if (!/^[0-9*#]$/.test(digit)) wrong += 1;
          },
          markReturned: (name) => {
            told.marks += 1;
            if (typeof name !== 'string' || name.length > 200) wrong += 1;
          },
          stopped: () => {},
          closed: () => {
            told.ended += 1;
          },
        }),
        onFault: (fault) => seen.set(fault, (seen.get(fault) ?? 0) + 1),
        onError: (error) => thrown.push(error),
      });
    };
    const streamSid = callSidOf(7).replace('CA', 'MZ');
    const valid = validMessages(streamSid, callSidOf(7));
    const start = valid[3]?.(1) ?? null;
    open();
    const before = heap();
    for (let count = 0; count < IN_PROCESS; count += 1) {
      const sinceOpen = count % STREAM_LENGTH;
      if (sinceOpen === 0) open();
      // Of each stream's first messages some come before `start`; most streams then begin.
      const message =
        sinceOpen === 5 ? JSON.stringify(start) : mutate(valid[draw(valid.length)]?.(sinceOpen) ?? null, draw);
      socket.emit('message', Buffer.isBuffer(message) ? message : Buffer.from(message), Buffer.isBuffer(message));
      if (socket.closedWith !== undefined) codes.add(socket.closedWith);
    }
    socket.emit('close');
    expect(heap() - before).toBeLessThan(MOST_LEFT_BYTES);
    expect(thrown).toEqual([]);
    expect(wrong).toBe(0);
    expect([...seen.keys()].sort()).toEqual(FAULTS);
    expect([...codes]).toEqual([1008]);
    // Else the fuzz would prove nothing: much of it must have gone all the way.
    for (const count of Object.values(told)) expect(count).toBeGreaterThan(100);
    expect(({} as Record<string, unknown>).event).toBeUndefined();
  });

  let server: TestServer;
  afterEach(() => server?.stop());

  it('3,000 over sockets: another call is served to its end, the server keeps nothing and says little', async () => {
    const draw = draws(SEED + 1);
    const log = captureLog();
    server = await testServer({}, { logger: log.logger });
    const healthy = await FakePhone.call(server.url, callSidOf(1));
    await healthy.spoken(1);
    let sent = 0;
    let streams = 0;
    while (sent < OVER_THE_WIRE) {
      streams += 1;
      const callSid = callSidOf(100 + streams);
      const phone = await FakePhone.call(server.url, callSid);
      await phone.spoken(1);
      const valid = validMessages(callSid.replace('CA', 'MZ'), callSid);
      for (let count = 0; count < 200; count += 1, sent += 1)
        phone.socket.send(mutate(valid[draw(valid.length)]?.(count + 10) ?? null, draw));
      healthy.frames(5);
      phone.hangUp();
      await phone.closed;
      await server.calls.get(callSid)?.ended;
    }
    await server.scripted.heard(callSidOf(1), streams * 5 * 160);
    await server.scripted.says(callSidOf(1), { type: 'caller.endOfTurn', text: 'Hello?', confidence: 0.9, words: [] });
    await healthy.spoken(2);
    healthy.hangUp();
    await healthy.closed;
    await Promise.all(server.calls.list().map(({ ended }) => ended));
    expect(server.calls.live).toBe(0);
    expect(log.lines().filter(({ level }) => level === 'error')).toEqual([]);
    // Announced, started, ended, and at most one line for each kind of fault.
    const most = 3 + FAULTS.length;
    for (const callSid of Array.from({ length: streams }, (_, index) => callSidOf(101 + index)))
      expect(log.lines().filter((line) => line.callSid === callSid).length).toBeLessThanOrEqual(most);
  });
});

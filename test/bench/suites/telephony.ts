import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { KeptCallerAudio } from '../../../services/telephony/caller-audio.ts';
import { CarrierPlayout } from '../../../services/telephony/playout.ts';
import { TwilioStream } from '../../../services/telephony/twilio/stream.ts';
import type { BenchSuite } from '../suite.ts';

const FRAME_SECONDS = 0.02;
const CALL_SID = `CA${'0'.repeat(32)}`;
const STREAM_SID = `MZ${'0'.repeat(32)}`;
const payload = Buffer.alloc(160, 0x7f).toString('base64');
const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 };
const start = {
  event: 'start',
  sequenceNumber: '1',
  streamSid: STREAM_SID,
  start: { streamSid: STREAM_SID, callSid: CALL_SID, mediaFormat },
};

/** A stream whose socket goes nowhere, with playout and caller audio behind it as in a call. */
function line() {
  const socket = Object.assign(new EventEmitter(), {
    readyState: 1,
    OPEN: 1,
    send: (text: string) => Buffer.from(text),
    close: () => {},
  });
  const audio = new KeptCallerAudio();
  let clock = 0;
  let playout: CarrierPlayout | undefined;
  const stream = new TwilioStream(socket as unknown as WebSocket, {
    accept: () => ({
      audio: (mulaw) => {
        clock += 20;
        audio.write(mulaw);
        playout?.tick();
      },
      digit: () => {},
      markReturned: () => {},
      stopped: () => {},
      closed: () => {},
    }),
    onFault: (fault) => {
      throw new Error(fault);
    },
    onError: (error) => {
      throw error;
    },
  });
  playout = new CarrierPlayout({ wire: stream, now: () => clock, audioClock: () => stream.audioMs });
  audio.attach(() => {});
  socket.emit('message', Buffer.from(JSON.stringify(start)), false);
  let sequence = 1;
  return {
    playout,
    pass: (ms: number): void => {
      clock += ms;
    },
    receive: (): void => {
      sequence += 1;
      const media = `{"event":"media","sequenceNumber":"${sequence}","media":{"track":"inbound","chunk":"1","timestamp":"20","payload":"${payload}"},"streamSid":"${STREAM_SID}"}`;
      socket.emit('message', Buffer.from(media), false);
    },
  };
}

const inbound = line();
const outbound = line();
const second = new Uint8Array(8000).fill(0x7f);

/** The audio path of one call, without the network. */
export const suite: BenchSuite = {
  about: 'one Twilio stream: how many calls at once a core could carry, were there nothing but audio',
  groups: () => [
    {
      title: 'audio path of a call',
      unit: 'x real time',
      cases: [
        { name: 'caller to recogniser, a frame', amount: FRAME_SECONDS, run: inbound.receive },
        {
          name: 'voice to carrier, a second',
          amount: 1,
          run: () => {
            outbound.pass(1000);
            outbound.playout.write(1, 0, second);
          },
        },
      ],
    },
  ],
};

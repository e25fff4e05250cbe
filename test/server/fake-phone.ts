import { once } from 'node:events';
import { XMLParser } from 'fast-xml-parser';
import { WebSocket } from 'ws';

type Json = Record<string, unknown>;

/** A call SID that ends in `n`. */
export const callSidOf = (n: number): string => `CA${String(n).padStart(32, '0')}`;

/** Posts a form as Twilio does. */
export const post = (
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> => fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });

/** What the TwiML of the voice webhook says about the stream. */
export function streamOf(twiml: string): { url: string; token: string; action: string } {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: false });
  const { Connect } = parser.parse(twiml).Response;
  return { url: Connect.Stream.url, token: Connect.Stream.Parameter.value, action: Connect.action };
}

/** The carrier's end of one media stream, as fast as it can: sound is played the moment it arrives. */
export class FakePhone {
  readonly socket: WebSocket;
  readonly received: Json[] = [];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  /** Whether marks come back at once. */
  playing = true;
  #sequence = 0;
  readonly #streamSid: string;
  readonly #callSid: string;
  readonly #watchers = new Set<() => void>();

  private constructor(socket: WebSocket, callSid: string) {
    this.socket = socket;
    this.#callSid = callSid;
    this.#streamSid = callSid.replace('CA', 'MZ');
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Json;
      this.received.push(message);
      if (message.event === 'mark' && this.playing) this.send('mark', { mark: message.mark });
      for (const look of this.#watchers) look();
    });
  }

  /** Opens the socket and says `connected`. */
  static async connect(url: string, callSid: string, headers: Record<string, string> = {}): Promise<FakePhone> {
    const socket = new WebSocket(url, { headers });
    const phone = new FakePhone(socket, callSid);
    await once(socket, 'open');
    socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }));
    return phone;
  }

  /** The whole way of a call: webhook, socket, `start` with the token of the TwiML. */
  static async call(serverUrl: string, callSid: string): Promise<FakePhone> {
    const answer = await post(`${serverUrl}/twilio/voice`, {
      CallSid: callSid,
      From: '+14155550123',
      To: '+14155550100',
    });
    const { url, token } = streamOf(await answer.text());
    const phone = await FakePhone.connect(url, callSid);
    phone.start({ token });
    return phone;
  }

  start(customParameters: Record<string, string>): void {
    const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 };
    const start = {
      accountSid: `AC${'0'.repeat(32)}`,
      streamSid: this.#streamSid,
      callSid: this.#callSid,
      tracks: ['inbound'],
      mediaFormat,
      customParameters,
    };
    this.send('start', { start });
  }

  /** 20 ms of the caller's silence, `count` times. */
  frames(count: number): void {
    const payload = Buffer.alloc(160, 0xff).toString('base64');
    for (let frame = 0; frame < count; frame += 1)
      this.send('media', { media: { track: 'inbound', chunk: '1', timestamp: '0', payload } });
  }

  hangUp(): void {
    this.send('stop', { stop: { callSid: this.#callSid } });
    this.socket.close();
  }

  send(event: string, fields: Json): void {
    this.#sequence += 1;
    this.socket.send(
      JSON.stringify({ event, sequenceNumber: String(this.#sequence), streamSid: this.#streamSid, ...fields }),
    );
  }

  /** Resolves as soon as the agent has spoken `count` times: the mark behind each stretch of speech has come. */
  spoken(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        const ends = this.received.filter(({ mark }) => (mark as { name: string } | undefined)?.name.endsWith('.end'));
        if (ends.length < count) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }
}

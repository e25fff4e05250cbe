/** Who is talking: the identifiers that Twilio puts into its messages. */
export interface StreamIdentity {
  readonly accountSid: string;
  readonly callSid: string;
  readonly streamSid: string;
}

/**
 * Twilio's half of the media stream protocol, typed exactly as on the wire: sequence numbers, chunks and timestamps are
 * decimal strings, sample rate and channels are numbers, and DTMF names its track `inbound_track` where media says
 * `inbound`. One sequence number rises over start, media, dtmf, mark and stop; nothing is sent after `stop`.
 *
 * @see https://www.twilio.com/docs/voice/media-streams/websocket-messages
 */
export class Uplink {
  readonly #send: (message: string) => void;
  readonly #identity: StreamIdentity;
  #sequence = 0;
  #chunk = 0;
  #stopped = false;

  constructor(identity: StreamIdentity, send: (message: string) => void) {
    this.#identity = identity;
    this.#send = send;
  }

  connected(): void {
    this.#send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }));
  }

  start(customParameters: Readonly<Record<string, string>>): void {
    const { accountSid, callSid, streamSid } = this.#identity;
    this.#write('start', {
      start: {
        accountSid,
        streamSid,
        callSid,
        tracks: ['inbound'],
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        customParameters,
      },
    });
  }

  /** @param timestampMs since the start of the stream */
  media(audio: Uint8Array, timestampMs: number): void {
    this.#chunk += 1;
    this.#write('media', {
      media: {
        track: 'inbound',
        chunk: String(this.#chunk),
        timestamp: String(timestampMs),
        payload: Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength).toString('base64'),
      },
    });
  }

  dtmf(digit: string): void {
    this.#write('dtmf', { dtmf: { track: 'inbound_track', digit } });
  }

  mark(name: string): void {
    this.#write('mark', { mark: { name } });
  }

  stop(): void {
    const { accountSid, callSid } = this.#identity;
    this.#write('stop', { stop: { accountSid, callSid } });
    this.#stopped = true;
  }

  #write(event: string, body: object): void {
    if (this.#stopped) return;
    this.#sequence += 1;
    const { streamSid } = this.#identity;
    this.#send(JSON.stringify({ event, sequenceNumber: String(this.#sequence), ...body, streamSid }));
  }
}

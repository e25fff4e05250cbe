import { once } from 'node:events';
import { WebSocket } from 'ws';
import { FRAME_BYTES } from '../../../codecs/framing.ts';
import { MULAW_SILENCE } from '../../../codecs/g711/mulaw.ts';
import type { CallChange, CallFacts, ControllableCall } from '../../../emulators/twilio/rest/registry.ts';
import { SIGNATURE_HEADER, sign } from '../../../emulators/twilio/signature.ts';
import { readServerMessage } from '../../../emulators/twilio/stream/server-message.ts';
import { Uplink } from '../../../emulators/twilio/stream/uplink.ts';
import { parseTwiml } from '../../../emulators/twilio/twiml/parse.ts';
import { FRAMES } from '../paper/paper-call.ts';
import { type PhoneMessage, takeHeard } from '../sight.ts';

export interface WirePhoneOptions {
  /** The server's origin. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly callSid: string;
  readonly changed: () => void;
}

const FROM = '+14155550123';
const TO = '+14155550100';
const SILENCE = new Uint8Array(FRAME_BYTES).fill(MULAW_SILENCE);

/**
 * A telephone and its carrier in the hands of a walk: speaks Twilio's protocol by the emulator's own parts, and does nothing
 * by itself but give back the marks of a `clear`, as Twilio does.
 */
export class WirePhone implements ControllableCall {
  readonly messages: PhoneMessage[] = [];
  /** Marks that have come and were not returned. */
  readonly marks: string[] = [];
  /** What the server has asked for over REST. */
  readonly changes: CallChange[] = [];
  readonly #options: WirePhoneOptions;
  #socket: WebSocket | undefined;
  #uplink: Uplink | undefined;
  #action = '';
  #sentFrames = 0;

  constructor(options: WirePhoneOptions) {
    this.#options = options;
  }

  get facts(): CallFacts {
    const { accountSid, callSid } = this.#options;
    const createdAt = new Date(0);
    return { accountSid, callSid, from: FROM, to: TO, direction: 'inbound', status: 'in-progress', createdAt };
  }

  update(change: CallChange): void {
    this.changes.push(change);
    this.#options.changed();
  }

  /** Announces the call, obeys the TwiML, and opens the stream. */
  async dial(): Promise<void> {
    const { url, accountSid, authToken, callSid, changed } = this.#options;
    const [connect] = (await this.#ask(`${url}/twilio/voice`)).verbs;
    if (connect?.verb !== 'Connect')
      throw new Error(`the webhook did not connect the call: ${JSON.stringify(connect)}`);
    this.#action = connect.action ?? '';
    const { url: address, parameters } = connect.stream;
    const local = address.replace(/^wss?:\/\/[^/]+/, url.replace('http', 'ws'));
    const socket = new WebSocket(local, { headers: { [SIGNATURE_HEADER]: sign(authToken, address) } });
    this.#socket = socket;
    const streamSid = callSid.replace('CA', 'MZ');
    this.#uplink = new Uplink({ accountSid, callSid, streamSid }, (text) => socket.send(text));
    socket.on('message', (data, isBinary) => {
      this.#take(readServerMessage(data as Buffer, isBinary, streamSid));
      changed();
    });
    socket.once('close', () => {
      this.messages.push('closed');
      changed();
    });
    await once(socket, 'open');
    this.#uplink.connected();
    this.#uplink.start(parameters);
  }

  /** 80 ms of the caller's silence. */
  frames(): void {
    for (let frame = 0; frame < FRAMES; frame += 1) {
      this.#sentFrames += 1;
      this.#uplink?.media(SILENCE, 20 * this.#sentFrames);
    }
  }

  /** All sound up to the end of the next sentence was played. */
  returnMarks(): void {
    for (const mark of takeHeard(this.marks)) this.#uplink?.mark(mark);
  }

  press(digit: string): void {
    this.#uplink?.dtmf(digit);
  }

  hangUp(): void {
    this.#uplink?.stop();
    this.#socket?.close(1000);
  }

  drop(): void {
    this.#socket?.terminate();
  }

  /** Asks what becomes of the caller, as Twilio does once the stream is over. @returns it as JSON of an `AfterCall` */
  async afterwards(): Promise<string> {
    const [verb] = (await this.#ask(this.#action)).verbs;
    switch (verb?.verb) {
      case 'Hangup':
        return JSON.stringify({ verb: 'hangUp' });
      case 'Say':
        return JSON.stringify({ verb: 'say', text: verb.text });
      case 'Dial':
        return JSON.stringify({ verb: 'dial', number: verb.targets[0]?.name });
      default:
        return `a document that begins with ${verb?.verb}`;
    }
  }

  /** The status callback of a call that is over. */
  async reportEnd(): Promise<void> {
    await this.#post(`${this.#options.url}/twilio/status`, 'completed');
  }

  #take(message: ReturnType<typeof readServerMessage>): void {
    switch (message.event) {
      case 'media':
        this.messages.push(`media ${Buffer.from(message.media.payload, 'base64')[0] ?? 0}`);
        return;
      case 'mark':
        this.messages.push(`mark ${message.mark.name}`);
        this.marks.push(message.mark.name);
        return;
      case 'clear':
        this.messages.push('clear');
        for (const mark of this.marks.splice(0)) this.#uplink?.mark(mark);
        return;
      case 'refused':
        throw new Error(`Twilio would refuse a message (${message.code}): ${message.reason}`);
    }
  }

  async #ask(url: string) {
    return parseTwiml(await (await this.#post(url, 'in-progress')).text(), url);
  }

  #post(url: string, status: string): Promise<Response> {
    const { accountSid, authToken, callSid } = this.#options;
    const form = { AccountSid: accountSid, CallSid: callSid, CallStatus: status, From: FROM, To: TO };
    const headers = { [SIGNATURE_HEADER]: sign(authToken, url, form) };
    return fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
  }
}

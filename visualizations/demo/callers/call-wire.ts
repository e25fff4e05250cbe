import type { PhoneCall } from '../../../emulators/twilio/phone-call.ts';
import type { ServerSound } from '../../../emulators/vendors/sound-account.ts';

interface ServerMessage {
  readonly event: string;
  readonly media?: { readonly payload: string };
  readonly mark?: { readonly name: string };
}

/** What crossed the wires of one call, as far as the whole road is judged by it. Times are ms of one monotonic clock. */
export class CallWire {
  /** From 1. */
  readonly caller: number;
  /** What the recogniser told the server, whenever it was something new. */
  readonly recognised: { readonly text: string; readonly atMs: number }[] = [];
  /** What the phone was told to let sound. */
  readonly sounds: ServerSound[] = [];
  #phone: PhoneCall | undefined;

  constructor(caller: number) {
    this.caller = caller;
  }

  get phone(): PhoneCall {
    if (!this.#phone) throw new Error(`caller ${this.caller} has not dialled yet`);
    return this.#phone;
  }

  set phone(phone: PhoneCall) {
    this.#phone = phone;
  }

  /** @param text a message of the media stream's server, as it came to the phone */
  noteServerMessage(text: string): void {
    const atMs = performance.now();
    const { event, media, mark } = JSON.parse(text) as ServerMessage;
    if (mark) this.sounds.push({ type: 'mark', name: mark.name, atMs });
    else if (media) this.sounds.push({ type: 'media', mulaw: Buffer.from(media.payload, 'base64'), atMs });
    else if (event === 'clear') this.sounds.push({ type: 'clear', atMs });
  }

  /** @param text a message of the recogniser, as it leaves. Flux repeats what is not new four times a second. */
  noteRecogniserMessage(text: string): void {
    const { transcript = '' } = JSON.parse(text) as { transcript?: string };
    if (transcript !== '' && transcript !== this.recognised.at(-1)?.text)
      this.recognised.push({ text: transcript, atMs: performance.now() });
  }
}

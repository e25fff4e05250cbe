import type { Failure } from '../../machines/call/events.ts';
import type { VoiceSink } from '../../machines/call/ports.ts';

/** A sink that notes what arrives. */
export interface RecordedVoice {
  readonly sink: VoiceSink;
  /** In order: `audio 0` (once for all chunks that follow each other), `sentenceEnd 0`, `finished`, `failed timeout`. */
  readonly events: readonly string[];
  /** Calls of the sink so far, each chunk of audio counted. */
  readonly calls: number;
  /** All audio of a sentence so far: µ-law, 8 kHz. */
  audioOf(index: number): Uint8Array;
  readonly failure: Failure | undefined;
  /** Resolves at `finished` or `failed`. */
  readonly done: Promise<void>;
}

/** @param onCall called after each call of the sink, with the number of calls so far */
export function recordVoice(onCall: (calls: number) => void = () => undefined): RecordedVoice {
  const events: string[] = [];
  const chunks = new Map<number, Uint8Array[]>();
  let calls = 0;
  let failure: Failure | undefined;
  let settle = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const note = (event: string): void => {
    if (!(event.startsWith('audio') && events.at(-1) === event)) events.push(event);
    calls += 1;
    onCall(calls);
  };
  return {
    events,
    done,
    get calls() {
      return calls;
    },
    get failure() {
      return failure;
    },
    audioOf: (index) => new Uint8Array(Buffer.concat(chunks.get(index) ?? [])),
    sink: {
      audio(index, mulaw) {
        chunks.set(index, [...(chunks.get(index) ?? []), mulaw.slice()]);
        note(`audio ${index}`);
      },
      sentenceEnd: (index) => note(`sentenceEnd ${index}`),
      finished() {
        note('finished');
        settle();
      },
      failed(given) {
        failure = given;
        note(`failed ${given.code}`);
        settle();
      },
    },
  };
}

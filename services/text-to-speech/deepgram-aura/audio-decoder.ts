import { encodeMulaw } from '../../../codecs/g711/mulaw.ts';
import { Pcm16Assembler } from '../../../codecs/pcm16.ts';
import { Resampler } from '../../../codecs/resampler.ts';

/**
 * What Deepgram sends: `mulaw` is the telephone's own format and passes unchanged; `linear16` comes at 16 kHz and is
 * resampled here, for voices or deployments that sound better so.
 */
export type AuraEncoding = 'mulaw' | 'linear16';

/** Rates that go with the encodings (Hz); the SDK wants them as texts. */
export const SAMPLE_RATES = { mulaw: '8000', linear16: '16000' } as const satisfies Record<AuraEncoding, string>;

/** Turns the audio of one flush into µ-law at 8 kHz. */
export interface AudioDecoder {
  /** @returns what can be known now; often empty for linear16 */
  decode(bytes: Uint8Array): Uint8Array;
  /** @returns what was held back; the decoder can then be used for the next flush */
  flush(): Uint8Array;
}

const NOTHING = new Uint8Array(0);

export function createAudioDecoder(encoding: AuraEncoding): AudioDecoder {
  if (encoding === 'mulaw') return { decode: (bytes) => bytes, flush: () => NOTHING };
  const resampler = new Resampler(16_000, 8000);
  let assembler = new Pcm16Assembler();
  return {
    decode: (bytes) => encodeMulaw(resampler.push(assembler.push(bytes))),
    flush: () => {
      assembler = new Pcm16Assembler();
      return encodeMulaw(resampler.flush());
    },
  };
}

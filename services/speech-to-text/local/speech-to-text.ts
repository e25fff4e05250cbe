import type { SpeechToText, SpeechToTextOptions, SpeechToTextSession } from '../../../machines/call/ports.ts';
import { ServiceError } from '../../errors.ts';
import { DEFAULT_ENDPOINTING, type Endpointing } from './endpointer.ts';
import type { RecogniserPool } from './recogniser-pool.ts';
import { buildVocabulary } from './vocabulary.ts';

export interface LocalSpeechToTextOptions {
  /** Shared by all calls of the process; closed by whoever made it. */
  readonly pool: RecogniserPool;
  /**
   * What callers may say, by topic: JSGF rule definitions without the header, of which `<utterance>` is the whole
   * sentence. Words are lower case, numbers are words. The first topic is listened for when a topic is unknown, so put
   * the widest first.
   */
  readonly grammars: Readonly<Record<string, string>>;
  /** Sounds (ARPABET) of words that the dictionary lacks, for example `{ wifi: 'W AY F AY' }`. */
  readonly pronunciations?: Readonly<Record<string, string>>;
  /** Silences that end a turn; see {@link DEFAULT_ENDPOINTING}. */
  readonly endpointing?: Partial<Endpointing>;
}

/**
 * Recognises speech without key and network: a grammar for each topic, and {@link UNINTELLIGIBLE} for speech that fits
 * none of it. Sentences are cut, timed and timed out on the audio's own clock.
 *
 * @throws ServiceError `bad-request` naming the rule, word or phone that cannot be used
 * @example createLocalSpeechToText({ pool, grammars: { opening: '<utterance> = yes | no;' } })
 */
export function createLocalSpeechToText(options: LocalSpeechToTextOptions): SpeechToText {
  const { pool, grammars, pronunciations, endpointing } = options;
  const vocabulary = pool.teach(buildVocabulary(grammars, pronunciations), { ...DEFAULT_ENDPOINTING, ...endpointing });
  return { open: (session) => openSession(pool, vocabulary, session) };
}

async function openSession(
  pool: RecogniserPool,
  vocabulary: number,
  { signal, topic, on, onLost }: SpeechToTextOptions,
): Promise<SpeechToTextSession> {
  const hearing = await pool.open(vocabulary, topic, {
    on: (event) => {
      if (!signal.aborted) on(event);
    },
    onLost: (failure) => {
      signal.removeEventListener('abort', close);
      if (!signal.aborted) onLost(failure);
    },
  });
  function close(): void {
    hearing.close();
  }
  if (signal.aborted) {
    close();
    throw new ServiceError('the session was aborted while it opened', { code: 'cancelled', vendor: 'local' });
  }
  signal.addEventListener('abort', close, { once: true });
  return {
    // A copy: the thread takes the memory over, and this chunk may be part of a larger one.
    write: (audio) => {
      if (!signal.aborted) hearing.hear(new Uint8Array(audio));
    },
    expect: (next) => {
      if (!signal.aborted) hearing.expect(next);
    },
  };
}

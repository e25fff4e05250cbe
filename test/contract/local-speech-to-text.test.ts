import { afterAll, beforeAll } from '@jest/globals';
import type { CallerEvent } from '../../machines/call/events.ts';
import type { SpeechToText } from '../../machines/call/ports.ts';
import { createRecogniserPool, type RecogniserPool } from '../../services/speech-to-text/local/recogniser-pool.ts';
import { createLocalSpeechToText } from '../../services/speech-to-text/local/speech-to-text.ts';
import { closeSynthesiser } from '../../services/text-to-speech/local/synthesise.ts';
import { caller } from '../services/speech-to-text/local/phone-line.ts';
import { describeSpeechToText } from './speech-to-text.ts';

const GRAMMARS = { opening: '<utterance> = (when | what time) is (breakfast | check out);' };

const UTTERANCE = await caller('slt', 'What time is breakfast?');

let pool: RecogniserPool;
beforeAll(() => {
  pool = createRecogniserPool({ threads: 1 });
});
afterAll(async () => {
  await pool.close();
  await closeSynthesiser();
});

/** There is one thread, and it answers in order: what was asked before one more utterance was answered before its end. */
async function settled(speechToText: SpeechToText): Promise<void> {
  const abort = new AbortController();
  const { signal } = abort;
  await new Promise<void>((resolve, reject) => {
    const on = ({ type }: CallerEvent): void => (type === 'caller.endOfTurn' ? resolve() : undefined);
    speechToText.open({ signal, topic: 'opening', on, onLost: reject }).then((line) => line.write(UTTERANCE), reject);
  });
  abort.abort();
}

describeSpeechToText({
  vendor: 'the embedded recogniser',
  utterance: UTTERANCE,
  text: 'what time is breakfast',
  secret: 'none',
  start: async () => {
    const speechToText = createLocalSpeechToText({ pool, grammars: GRAMMARS });
    return { speechToText, allClosed: () => settled(speechToText), close: async () => {} };
  },
  refusals: [],
  losses: [],
});

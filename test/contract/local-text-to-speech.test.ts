import { createSynthesiserPool } from '../../services/text-to-speech/local/synthesiser-pool.ts';
import { createLocalTextToSpeech } from '../../services/text-to-speech/local/text-to-speech.ts';
import { textToSpeechContract } from './text-to-speech.ts';

textToSpeechContract('the local engine', {
  async working() {
    const pool = createSynthesiserPool();
    await pool.ready();
    return {
      textToSpeech: createLocalTextToSpeech({ pool, voice: 'kal' }),
      idle: () => pool.idle(),
      close: () => pool.close(),
    };
  },
  async failing() {
    const pool = createSynthesiserPool();
    await pool.close();
    return { textToSpeech: createLocalTextToSpeech({ pool }), idle: () => pool.idle(), close: () => pool.close() };
  },
});

import { describe, expect, it } from '@jest/globals';
import { createAuraTextToSpeech } from '../../../../services/text-to-speech/deepgram-aura/text-to-speech.ts';
import { recordVoice } from '../../../contract/recorded-voice.ts';

const apiKey = process.env.DEEPGRAM_API_KEY;
const withKey = apiKey ? describe : describe.skip;

withKey('Deepgram itself (needs DEEPGRAM_API_KEY)', () => {
  it('speaks two sentences with the default voice', async () => {
    const textToSpeech = createAuraTextToSpeech({ apiKey: apiKey ?? '', baseUrl: process.env.DEEPGRAM_BASE_URL });
    const recorded = recordVoice();
    const stream = textToSpeech.open(recorded.sink, new AbortController().signal);
    stream.say(0, 'Good evening.');
    stream.say(1, 'How can I help you?');
    stream.end();
    await recorded.done;
    await textToSpeech.close();
    expect(recorded.events).toEqual(['audio 0', 'sentenceEnd 0', 'audio 1', 'sentenceEnd 1', 'finished']);
    expect(recorded.audioOf(0).length).toBeGreaterThan(4000);
  });
});

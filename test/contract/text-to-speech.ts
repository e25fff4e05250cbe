import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TextToSpeech } from '../../machines/call/ports.ts';
import { type RecordedVoice, recordVoice } from './recorded-voice.ts';

/** An engine under test, with what it leans on. */
export interface VoiceUnderTest {
  readonly textToSpeech: TextToSpeech;
  /** Resolves when nothing is under way any more; fails the test by never resolving. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** How to make an engine, and one that cannot speak. */
export interface VoiceMakers {
  working(): Promise<VoiceUnderTest>;
  failing(): Promise<VoiceUnderTest>;
}

const SENTENCES = ['Good evening.', 'This is the concierge.', 'How can I help you?'] as const;
const WHOLE = [
  ...['audio 0', 'sentenceEnd 0'],
  ...['audio 1', 'sentenceEnd 1'],
  ...['audio 2', 'sentenceEnd 2'],
  'finished',
];

/** What the call chart relies on in every {@link TextToSpeech}: run it for each engine, against its emulator. */
export function textToSpeechContract(name: string, { working, failing }: VoiceMakers): void {
  describe(`${name} keeps the contract of a voice`, () => {
    let voice: VoiceUnderTest;
    beforeAll(async () => {
      voice = await working();
    });
    afterAll(() => voice.close());

    /** Opens a turn, says everything and ends it. */
    const speak = (
      recorded: RecordedVoice,
      sentences: readonly string[] = SENTENCES,
      signal: AbortSignal = new AbortController().signal,
    ): void => {
      const stream = voice.textToSpeech.open(recorded.sink, signal);
      for (const [index, text] of sentences.entries()) stream.say(index, text);
      stream.end();
    };

    it('delivers each sentence, its end, the next, and finished', async () => {
      const recorded = recordVoice();
      speak(recorded);
      await recorded.done;
      expect(recorded.events).toEqual(WHOLE);
      for (const index of SENTENCES.keys()) expect(recorded.audioOf(index).length).toBeGreaterThan(4000);
    });

    it('delivers nothing from within a call of it', async () => {
      const recorded = recordVoice();
      speak(recorded, ['']);
      expect(recorded.events).toEqual([]);
      await recorded.done;
    });

    it('ends sentences without a word in their places, without audio', async () => {
      const recorded = recordVoice();
      speak(recorded, ['', 'Good evening.', '…', ' ', 'How can I help you?', '—']);
      await recorded.done;
      expect(recorded.events).toEqual([
        ...['sentenceEnd 0', 'audio 1', 'sentenceEnd 1', 'sentenceEnd 2', 'sentenceEnd 3'],
        ...['audio 4', 'sentenceEnd 4', 'sentenceEnd 5', 'finished'],
      ]);
    });

    it('finishes a turn in which nothing is said', async () => {
      const recorded = recordVoice();
      speak(recorded, []);
      await recorded.done;
      expect(recorded.events).toEqual(['finished']);
    });

    it('speaks a sentence that comes when the one before was delivered', async () => {
      const abort = new AbortController();
      const recorded = recordVoice(() => {
        if (recorded.events.at(-1) === 'sentenceEnd 0') {
          stream.say(1, SENTENCES[1]);
          stream.end();
        }
      });
      const stream = voice.textToSpeech.open(recorded.sink, abort.signal);
      stream.say(0, SENTENCES[0]);
      await recorded.done;
      expect(recorded.events).toEqual(['audio 0', 'sentenceEnd 0', 'audio 1', 'sentenceEnd 1', 'finished']);
    });

    it('speaks the same, whatever else is spoken at the same time', async () => {
      const alone = recordVoice();
      speak(alone);
      await alone.done;
      const together = [SENTENCES, SENTENCES.toReversed(), SENTENCES].map((sentences) => {
        const recorded = recordVoice();
        speak(recorded, sentences);
        return recorded;
      });
      await Promise.all(together.map(({ done }) => done));
      const lengths = together.map(({ audioOf }) => [0, 1, 2].map((index) => audioOf(index).length));
      const expected = [0, 1, 2].map((index) => alone.audioOf(index).length);
      expect(lengths).toEqual([expected, expected.toReversed(), expected]);
    });

    it('is silent from the start when the turn is cut before it begins', async () => {
      const recorded = recordVoice();
      speak(recorded, SENTENCES, AbortSignal.abort());
      const after = recordVoice();
      speak(after);
      await after.done;
      await voice.idle();
      expect(recorded.events).toEqual([]);
    });

    it('is silent for ever when the turn is cut after its sentences were queued', async () => {
      const recorded = recordVoice();
      const abort = new AbortController();
      speak(recorded, SENTENCES, abort.signal);
      abort.abort();
      const after = recordVoice();
      speak(after);
      await after.done;
      await voice.idle();
      expect(recorded.events).toEqual([]);
      expect(after.events).toEqual(WHOLE);
    });

    it('is silent for ever when the turn is cut at any of its deliveries, and the next turn is whole', async () => {
      const whole = recordVoice();
      speak(whole);
      await whole.done;
      // Of many deliveries, a dozen spread over the turn will do.
      const step = Math.ceil(whole.calls / 12);
      for (let cutAt = 1; cutAt <= whole.calls; cutAt += step) {
        const abort = new AbortController();
        const cut = recordVoice((calls) => {
          if (calls === cutAt) abort.abort();
        });
        speak(cut, SENTENCES, abort.signal);
        // The same speech may come in fewer chunks, and be over before the cut.
        await Promise.race([cut.done, new Promise((resolve) => abort.signal.addEventListener('abort', resolve))]);
        const next = recordVoice();
        speak(next);
        await next.done;
        if (abort.signal.aborted) expect(cut.calls).toBe(cutAt);
        else expect(cut.events).toEqual(WHOLE);
        expect(next.events).toEqual(WHOLE);
        for (const index of SENTENCES.keys()) expect(next.audioOf(index)).toEqual(whole.audioOf(index));
      }
      await voice.idle();
    });

    it('leaves no listener on the signal of a turn that is over', async () => {
      const abort = new AbortController();
      const recorded = recordVoice();
      speak(recorded, SENTENCES, abort.signal);
      await recorded.done;
      await voice.idle();
      expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
      abort.abort();
      expect(recorded.events).toEqual(WHOLE);
    });
  });

  describe(`${name}, when it cannot speak,`, () => {
    let voice: VoiceUnderTest;
    beforeAll(async () => {
      voice = await failing();
    });
    afterAll(() => voice.close());

    it('fails once, and nothing follows', async () => {
      const recorded = recordVoice();
      const abort = new AbortController();
      const stream = voice.textToSpeech.open(recorded.sink, abort.signal);
      stream.say(0, SENTENCES[0]);
      stream.say(1, SENTENCES[1]);
      await recorded.done;
      stream.say(2, SENTENCES[2]);
      stream.end();
      await voice.idle();
      expect(recorded.events).toEqual([`failed ${recorded.failure?.code}`]);
      expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
    });

    it('does not fail a turn that was cut', async () => {
      const recorded = recordVoice();
      const abort = new AbortController();
      const stream = voice.textToSpeech.open(recorded.sink, abort.signal);
      stream.say(0, SENTENCES[0]);
      abort.abort();
      await voice.idle();
      expect(recorded.events).toEqual([]);
    });
  });
}

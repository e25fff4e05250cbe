import { describe, expect, it } from '@jest/globals';
import { createActor } from 'xstate';
import { voiceActor } from '../../../../machines/call/actors/voice.ts';
import type { VoiceInput } from '../../../../machines/call/base.ts';
import type { Playout, TextToSpeech } from '../../../../machines/call/ports.ts';
import { playoutOnPaper } from './playout-on-paper.ts';

/** A voice that answers each sentence with one byte, the index by which it knows the sentence, before `say` returns. */
const countingVoice = (said: string[]): TextToSpeech => ({
  open: (sink) => ({
    say: (index, text) => {
      said.push(`${index} ${text}`);
      sink.audio(index, Uint8Array.of(index));
      sink.sentenceEnd(index);
    },
    end: () => sink.finished(),
  }),
});

const speak = (playout: Playout, said: string[], input: Omit<VoiceInput, 'epoch'>) =>
  createActor(
    voiceActor(
      () => countingVoice(said),
      () => playout,
    ),
    { input: { epoch: 4, ...input } },
  ).start();

describe('a voice', () => {
  it('speaks the stretch from its first sentence', () => {
    const said: string[] = [];
    const { playout, calls } = playoutOnPaper();
    const voice = speak(playout, said, { sentences: ['Good day.'], open: true });
    voice.send({ type: 'voice.say', index: 1, text: 'How are you?' });
    voice.send({ type: 'voice.end' });
    expect(said).toEqual(['0 Good day.', '1 How are you?']);
    expect(calls).toEqual([
      ['write', 4, 0, Uint8Array.of(0)],
      ['endSentence', 4, 0],
      ['write', 4, 1, Uint8Array.of(1)],
      ['endSentence', 4, 1],
      ['end', 4],
    ]);
  });

  it('counts from nought, and its sentences lie behind those that playout says by itself', () => {
    const said: string[] = [];
    const { playout, calls } = playoutOnPaper();
    const voice = speak(playout, said, { sentences: ['It burned down.'], first: 2, open: true });
    voice.send({ type: 'voice.say', index: 3, text: 'It was rebuilt.' });
    voice.send({ type: 'voice.end' });
    expect(said).toEqual(['0 It burned down.', '1 It was rebuilt.']);
    expect(calls).toEqual([
      ['write', 4, 2, Uint8Array.of(0)],
      ['endSentence', 4, 2],
      ['write', 4, 3, Uint8Array.of(1)],
      ['endSentence', 4, 3],
      ['end', 4],
    ]);
  });

  it('is not bothered when playout says all of the stretch by itself', () => {
    const { playout, calls } = playoutOnPaper();
    const deaf: TextToSpeech = {
      open: () => {
        throw new Error('nobody has anything to say');
      },
    };
    createActor(
      voiceActor(
        () => deaf,
        () => playout,
      ),
      { input: { epoch: 4, sentences: [], first: 2, open: false } },
    ).start();
    expect(calls).toEqual([['end', 4]]);
  });
});

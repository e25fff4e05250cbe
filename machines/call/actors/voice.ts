import { fromCallback } from 'xstate';
import type { VoiceCommand, VoiceInput } from '../base.ts';
import type { VoiceEvent } from '../events.ts';
import type { Playout, PortOf, TextToSpeech } from '../ports.ts';

/**
 * One stretch of speech as an actor: sentences go in as commands, audio flows past the chart straight into playout.
 * Leaving the state silences the voice. A voice counts its sentences from 0, the chart and playout count those of the stretch.
 */
export const voiceActor = (textToSpeechOf: PortOf<TextToSpeech>, playoutOf: PortOf<Playout>) =>
  fromCallback<VoiceCommand, VoiceInput>(({ input, system, sendBack, receive }) => {
    const { epoch, sentences, first = 0, open } = input;
    const playout = playoutOf(system);
    // Playout says it all by itself: no voice is bothered.
    if (!open && sentences.length === 0) {
      playout.end(epoch);
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const tell = (event: VoiceEvent): void => {
      if (!signal.aborted) sendBack(event);
    };

    let firstByte = () => {
      firstByte = () => {};
      tell({ type: 'voice.started', epoch });
    };
    const stream = textToSpeechOf(system).open(
      {
        audio: (index, mulaw) => {
          if (signal.aborted) return;
          firstByte();
          playout.write(epoch, first + index, mulaw);
        },
        sentenceEnd: (index) => {
          if (!signal.aborted) playout.endSentence(epoch, first + index);
        },
        finished: () => {
          if (signal.aborted) return;
          playout.end(epoch);
          tell({ type: 'voice.finished', epoch });
        },
        failed: (failure) => tell({ type: 'voice.failed', epoch, failure }),
      },
      signal,
    );

    receive((command) => {
      if (command.type === 'voice.say') stream.say(command.index - first, command.text);
      else stream.end();
    });
    sentences.forEach((text, index) => {
      stream.say(index, text);
    });
    if (!open) stream.end();
    return () => controller.abort();
  });

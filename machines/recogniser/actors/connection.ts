import { fromCallback } from 'xstate';
import type { CallerEvent } from '../../call/events.ts';
import { failureOf } from '../../call/failure.ts';
import type { CallerAudio, PortOf, SpeechToText, SpeechToTextSession } from '../../call/ports.ts';
import type { ConnectionEvent, RecogniserCommand } from '../machine.ts';

/**
 * One connection to a recogniser as an actor: the caller's words come back as events, the audio flows past the chart from
 * the call's buffer straight into the session.
 */
export const connectionActor = (speechToTextOf: PortOf<SpeechToText>, callerAudioOf: PortOf<CallerAudio>) =>
  fromCallback<RecogniserCommand, { topic: string }>(({ input, system, sendBack, receive }) => {
    const controller = new AbortController();
    const { signal } = controller;
    const tell = (event: CallerEvent | ConnectionEvent): void => {
      if (!signal.aborted) sendBack(event);
    };

    let topic = input.topic;
    let session: SpeechToTextSession | undefined;
    receive((command) => {
      topic = command.topic;
      session?.expect(topic);
    });

    speechToTextOf(system)
      .open({ signal, topic, on: tell, onLost: (failure) => tell({ type: 'connection.lost', failure }) })
      .then((opened) => {
        if (signal.aborted) return;
        session = opened;
        if (topic !== input.topic) opened.expect(topic);
        signal.addEventListener(
          'abort',
          callerAudioOf(system).attach((audio) => opened.write(audio)),
          { once: true },
        );
        tell({ type: 'connection.opened' });
      })
      .catch((error: unknown) => tell({ type: 'connection.lost', failure: failureOf(error) }));

    return () => controller.abort();
  });

import { BYTES_PER_MS } from '../../codecs/framing.ts';
import type { CallerEvent } from '../../machines/call/events.ts';
import type { SpeechToText } from '../../machines/call/ports.ts';

/**
 * Keeps the times of words on the clock of the call's stream when sessions come and go: a recogniser counts from its own
 * session's first byte, and after a lost session that is no longer the call's. Latencies are measured against these times.
 *
 * Make one for each call. Audio that a long outage drops before anybody hears it (more than the caller's audio keeps)
 * is not counted.
 *
 * @example forCall: () => ({ speechToText: onStreamClock(speechToText) })
 */
export function onStreamClock(speechToText: SpeechToText): SpeechToText {
  let writtenBytes = 0;
  return {
    async open(options) {
      const startMs = writtenBytes / BYTES_PER_MS;
      const session = await speechToText.open({ ...options, on: (event) => options.on(shifted(event, startMs)) });
      return {
        write(audio) {
          writtenBytes += audio.length;
          session.write(audio);
        },
        expect: (topic) => session.expect(topic),
      };
    },
  };
}

function shifted(event: CallerEvent, byMs: number): CallerEvent {
  if (event.type !== 'caller.endOfTurn' || byMs === 0) return event;
  const words = event.words.map((word) => ({ ...word, startMs: word.startMs + byMs, endMs: word.endMs + byMs }));
  return event.speechEndMs === undefined
    ? { ...event, words }
    : { ...event, words, speechEndMs: event.speechEndMs + byMs };
}

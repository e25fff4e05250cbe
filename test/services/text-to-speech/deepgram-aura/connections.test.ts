import { afterEach, describe, expect, it } from '@jest/globals';
import { encodeMulaw } from '../../../../codecs/g711/mulaw.ts';
import { tones } from '../../../../emulators/deepgram/speak/speech-source.ts';
import { recordVoice } from '../../../contract/recorded-voice.ts';
import { until } from '../../../support/until.ts';
import { type EmulatedAura, emulatedAura } from './emulated-aura.ts';

let emulated: EmulatedAura | undefined;
afterEach(() => emulated?.close());

const WHOLE = ['audio 0', 'sentenceEnd 0', 'finished'];

function open({ textToSpeech }: EmulatedAura, onCall?: (calls: number) => void) {
  const recorded = recordVoice(onCall);
  const abort = new AbortController();
  const stream = textToSpeech.open(recorded.sink, abort.signal);
  return { ...recorded, recorded, abort, stream };
}

async function speak(given: EmulatedAura, text: string) {
  const { recorded, stream } = open(given);
  stream.say(0, text);
  stream.end();
  await recorded.done;
  return recorded;
}

describe('connections', () => {
  it('are opened ahead, used by one turn after the other, and left when the engine closes', async () => {
    emulated = await emulatedAura();
    const { server, textToSpeech } = emulated;
    textToSpeech.warm();
    textToSpeech.warm();
    await until(() => server.openSockets === 1);
    await speak(emulated, 'Good evening.');
    await speak(emulated, 'How can I help?');
    expect(server.requests).toHaveLength(1);
    await textToSpeech.close();
    expect(textToSpeech.connections).toBe(0);
    await until(() => server.openSockets === 0);
    expect(emulated.speak.messages.at(-1)).toEqual({ socket: 0, message: { type: 'Close' } });
  });

  it('serve one turn at a time', async () => {
    emulated = await emulatedAura();
    await Promise.all([speak(emulated, 'Good evening.'), speak(emulated, 'How can I help?')]);
    expect(emulated.server.requests).toHaveLength(2);
  });

  it('are closed when nobody has used them for a while', async () => {
    emulated = await emulatedAura({ aura: { idleMs: 10 } });
    const { server, textToSpeech } = emulated;
    await speak(emulated, 'Good evening.');
    await until(() => textToSpeech.connections === 0 && server.openSockets === 0);
    expect((await speak(emulated, 'How can I help?')).events).toEqual(WHOLE);
    expect(server.requests).toHaveLength(2);
  });

  it('that Deepgram ends between two turns are replaced', async () => {
    emulated = await emulatedAura({ speak: { timeLimitMs: 300, pace: { speed: 1000 } } });
    await speak(emulated, 'Good evening.');
    const { textToSpeech } = emulated;
    await until(() => textToSpeech.connections === 0);
    expect((await speak(emulated, 'How can I help?')).events).toEqual(WHOLE);
  });

  it('that break over a sentence nobody has heard yet are replaced, and the sentence is said again', async () => {
    let texts = 0;
    emulated = await emulatedAura({
      speak: {
        speech: (text, sampleRate) => {
          texts += 1;
          if (texts === 2) throw new Error('no voice for a moment');
          return tones(text, sampleRate);
        },
      },
    });
    await speak(emulated, 'Good evening.');
    const recorded = await speak(emulated, 'How can I help?');
    expect(recorded.events).toEqual(WHOLE);
    expect(recorded.audioOf(0)).toEqual(encodeMulaw(tones('How can I help?', 8000) as Int16Array));
    expect(emulated.server.requests).toHaveLength(2);
  });

  it('end all turns with the engine, once, and serve none after it', async () => {
    emulated = await emulatedAura();
    emulated.speak.inject({ type: 'stall' });
    let spoken = (): void => undefined;
    const sounding = new Promise<void>((resolve) => {
      spoken = resolve;
    });
    const { recorded, stream } = open(emulated, () => spoken());
    stream.say(0, 'Good evening.');
    await sounding;
    await emulated.textToSpeech.close();
    expect(recorded.events).toEqual(['audio 0', 'failed cancelled']);
    expect((await speak(emulated, 'How can I help?')).events).toEqual(['failed cancelled']);
    const { server, textToSpeech } = emulated;
    expect(textToSpeech.connections).toBe(0);
    await until(() => server.openSockets === 0);
  });

  it('that Deepgram does not take leave of are broken off', async () => {
    emulated = await emulatedAura({ aura: { closeGraceMs: 20 } });
    emulated.speak.inject({ type: 'slow first byte', ms: 60_000 });
    const { stream } = open(emulated);
    stream.say(0, 'Good evening.');
    const { speak: endpoint } = emulated;
    await until(() => endpoint.messages.length === 2);
    await emulated.textToSpeech.close();
    expect(emulated.textToSpeech.connections).toBe(0);
  });
});

describe('a cut', () => {
  /** Cuts a turn at its first audio. */
  async function cut(given: EmulatedAura) {
    const turn = open(given, () => turn.abort.abort());
    turn.stream.say(0, 'A sentence that nobody wants to hear to its end.');
    await new Promise((resolve) => turn.abort.signal.addEventListener('abort', resolve));
    return turn.recorded;
  }

  it('clears the connection, which serves the next turn without a sound of the last', async () => {
    emulated = await emulatedAura();
    const { speak: endpoint, server } = emulated;
    endpoint.inject({ type: 'late audio', frames: 5 });
    const recorded = await cut(emulated);
    await until(() => endpoint.messages.some(({ message }) => message.type === 'Clear'));
    emulated.textToSpeech.warm();
    const next = await speak(emulated, 'How can I help?');
    expect(recorded.calls).toBe(1);
    expect(next.audioOf(0)).toEqual(encodeMulaw(tones('How can I help?', 8000) as Int16Array));
    const again = await speak(emulated, 'Again.');
    expect(again.audioOf(0)).toEqual(encodeMulaw(tones('Again.', 8000) as Int16Array));
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  it('drops a connection that is not cleared in time', async () => {
    emulated = await emulatedAura({ aura: { clearMs: 20 } });
    const { server, textToSpeech } = emulated;
    emulated.speak.inject({ type: 'not cleared' });
    const recorded = await cut(emulated);
    await until(() => textToSpeech.connections === 0 && server.openSockets === 0);
    expect((await speak(emulated, 'How can I help?')).events).toEqual(WHOLE);
    expect(recorded.events).toEqual(['audio 0']);
    expect(server.requests).toHaveLength(2);
  });

  it('while the connection opens keeps it for the next turn', async () => {
    emulated = await emulatedAura();
    const { abort, recorded, stream } = open(emulated);
    stream.say(0, 'Good evening.');
    abort.abort();
    expect((await speak(emulated, 'How can I help?')).events).toEqual(WHOLE);
    expect(recorded.events).toEqual([]);
    expect(emulated.server.requests).toHaveLength(1);
  });
});

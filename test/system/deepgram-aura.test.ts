import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDeepgramServer, type DeepgramServer } from '../../emulators/deepgram/server.ts';
import { createSpeakEndpoint, type SpeakEndpoint } from '../../emulators/deepgram/speak/endpoint.ts';
import { spokenBy } from '../../emulators/deepgram/speak/speech-source.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { callRecord } from '../../journal/call-record.ts';
import { closeSynthesiser, synthesise } from '../../services/text-to-speech/local/synthesise.ts';
import { until } from '../support/until.ts';
import { type LocalServer, localServer } from './local-server.ts';

/** The vendor's SDK on one side, the emulated vendor on the other, and real speech in between. */
let speak: SpeakEndpoint;
let deepgram: DeepgramServer;
let server: LocalServer;

beforeAll(async () => {
  speak = createSpeakEndpoint({
    speech: spokenBy((text) => synthesise(text)),
    // Not much faster than it is heard, so that an interruption meets a voice that still speaks.
    pace: { firstByteMs: [80, 160], speed: 1.5, seed: 11 },
  });
  deepgram = await createDeepgramServer({ apiKey: 'dg-0123456789', endpoints: [speak] });
  server = await localServer({
    DEEPGRAM_API_KEY: 'dg-0123456789',
    DEEPGRAM_BASE_URL: deepgram.baseUrl,
    STT: 'local',
    LLM: 'local',
  });
});
afterAll(async () => {
  await server.stop();
  await deepgram.close();
  await closeSynthesiser();
});

describe('a call that Deepgram Aura speaks in', () => {
  it('greets, falls silent when interrupted, answers, and leaves no connection behind', async () => {
    const question = await synthesise('what time is breakfast', 'rms');
    const call = await placeCall({ url: `${server.url}/twilio/voice` });
    await call.waitFor('mark', ({ name, played }) => name === 'e1.s0' && played);
    await call.sendAudio(question);
    await call.waitFor('clear');
    await call.next('mark', ({ name, played }) => name.endsWith('.s0') && played);
    await call.hangUp();
    const journal = await server.journalOf(call.callSid);
    await server.stop();
    await until(() => deepgram.openSockets === 0);

    expect(call.warnings).toEqual([]);
    const record = callRecord(journal);
    expect(record.divergedAt).toBeUndefined();
    expect(record.interruptions.length).toBe(1);
    expect(new Set(deepgram.requests)).toEqual(
      new Set(['/v1/speak?model=aura-2-athena-en&encoding=mulaw&sample_rate=8000']),
    );
    const said = speak.messages.flatMap(({ message }) => (message.type === 'Speak' ? [message.text] : []));
    expect(said.slice(0, 2)).toEqual(['Welcome to the Hotel Continental.', 'I am the automatic concierge.']);
    expect(speak.messages.filter(({ message }) => message.type === 'Clear').length).toBeGreaterThanOrEqual(1);
    const [turn] = record.turns;
    expect(turn?.heardMs).toBeLessThan(3000);
  });
});

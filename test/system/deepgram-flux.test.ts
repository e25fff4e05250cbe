import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { grammarsOf } from '../../agents/grammar/grammars-of.ts';
import { loadProfile } from '../../agents/load-profile.ts';
import { createListenEndpoint, type ListenEndpoint } from '../../emulators/deepgram/listen/endpoint.ts';
import { createDeepgramServer, type DeepgramServer } from '../../emulators/deepgram/server.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { callRecord } from '../../journal/call-record.ts';
import { createRecogniserPool, type RecogniserPool } from '../../services/speech-to-text/local/recogniser-pool.ts';
import { createLocalSpeechToText } from '../../services/speech-to-text/local/speech-to-text.ts';
import { closeSynthesiser, synthesise } from '../../services/text-to-speech/local/synthesise.ts';
import { type LocalServer, localServer } from './local-server.ts';

/** The vendor's SDK on one side, the emulated vendor on the other, and real speech in between. */
let pool: RecogniserPool;
let listen: ListenEndpoint;
let deepgram: DeepgramServer;
let server: LocalServer;

beforeAll(async () => {
  const profile = await loadProfile('continental');
  pool = createRecogniserPool({ threads: 1 });
  const recogniser = createLocalSpeechToText({ pool, grammars: grammarsOf(profile) });
  listen = createListenEndpoint({
    // The first session breaks in the middle of the greeting, as sessions do.
    hears: (connection) => ({ recogniser, faults: connection === 0 ? [{ atMs: 4000, fault: 'drop' }] : [] }),
  });
  deepgram = await createDeepgramServer({ apiKey: 'dg-0123456789', endpoints: [listen] });
  server = await localServer({
    DEEPGRAM_API_KEY: 'dg-0123456789',
    DEEPGRAM_BASE_URL: deepgram.baseUrl,
    LLM: 'local',
    TTS: 'local',
  });
  await pool.ready();
});
afterAll(async () => {
  await server.stop();
  await deepgram.close();
  await pool.close();
  await closeSynthesiser();
});

describe('a call that Deepgram Flux listens to', () => {
  it('survives a broken session, is understood, answered, and leaves no session behind', async () => {
    const question = await synthesise('what time is breakfast', 'rms');
    const call = await placeCall({ url: `${server.url}/twilio/voice` });
    await call.waitFor('mark', ({ name, played }) => name === 'e1.s2' && played);
    await call.sendAudio(question);
    await call.next('mark', ({ name, played }) => name.endsWith('.s0') && played);
    await call.hangUp();
    const journal = await server.journalOf(call.callSid);
    await listen.until(() => listen.connections.every(({ isClosed }) => isClosed));

    const record = callRecord(journal);
    expect(record.divergedAt).toBeUndefined();
    const said = record.transcript.flatMap((line) => ('text' in line ? [[line.role, line.text]] : []));
    expect(said).toContainEqual(['user', 'what time is breakfast']);
    // Measured on the clock of the call, although the session that heard it began four seconds later.
    expect(record.turns[0]?.heardMs).toBeGreaterThan(0);
    expect(record.turns[0]?.heardMs).toBeLessThan(3500);
    expect(listen.connections.map(({ texts }) => texts)).toEqual([[], ['{"type":"CloseStream"}']]);
    expect(new Set(listen.connections.flatMap(({ frames }) => frames))).toEqual(new Set([640]));
  });
});

import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ListenEndpointOptions } from '../../../../emulators/deepgram/listen/endpoint.ts';
import type { ScriptStep } from '../../../../emulators/deepgram/listen/script.ts';
import type { SpeechToTextOptions } from '../../../../machines/call/ports.ts';
import { type ListenBench, listenBench, type Message, QUERY } from './listen-client.ts';

let bench: ListenBench | undefined;
const start = async (options?: ListenEndpointOptions): Promise<ListenBench> => {
  bench = await listenBench(options);
  return bench;
};
afterEach(async () => {
  await bench?.server.close();
  bench = undefined;
});

const HELLO: readonly ScriptStep[] = [
  { atMs: 300, event: 'StartOfTurn', text: 'Hello' },
  { atMs: 400, event: 'EagerEndOfTurn' },
  { atMs: 450, event: 'TurnResumed', text: 'Hello there' },
  { atMs: 600, event: 'EagerEndOfTurn', confidence: 0.6 },
  { atMs: 700, event: 'EndOfTurn', confidence: 0.9, trigger: 'timeout' },
];

/** Event, turn, text, and where on the audio clock. */
const briefly = ({ type, event, turn_index, transcript, audio_window_end }: Message) =>
  type === 'TurnInfo' ? [event, turn_index, transcript, audio_window_end] : [type];

describe('the handshake of /v2/listen', () => {
  it.each([
    ['', 'model: Invalid input: expected array, received undefined'],
    [`${QUERY}&language=en`, 'Unrecognized key: "language"'],
    [`${QUERY}&interim_results=true`, 'Unrecognized key: "interim_results"'],
    [`${QUERY}&model=flux-general-en`, 'model: must be given once'],
    [`${QUERY}&eot_threshold=0.4`, 'eot_threshold: must be a number from 0.5 to 1'],
    [`${QUERY}&eager_eot_threshold=high`, 'eager_eot_threshold: must be a number from 0.3 to 0.9'],
    [`${QUERY}&eager_eot_threshold=0.8`, 'eager_eot_threshold must not be greater than eot_threshold'],
    [`${QUERY}&eot_timeout_ms=100`, 'eot_timeout_ms: must be a number from 500 to 60000'],
    [`${QUERY}&language_hint=es`, 'language_hint is not supported for model flux-general-en'],
    [`${QUERY}&redact=names`, 'redact: Invalid option: expected one of "numbers"|"aggressive_numbers"'],
    [
      'model=flux-general-en&encoding=mulaw&sample_rate=11025',
      'sample_rate: must be one of 8000, 16000, 24000, 44100, 48000',
    ],
    ['model=flux-general-en&encoding=opus&sample_rate=8000', 'encoding: the emulator hears raw audio only'],
  ])('refuses %s', async (query, reason) => {
    const { refused } = await start();
    const { status, headers, body } = await refused(query);
    expect([status, headers['dg-error']]).toEqual([400, 'INVALID_QUERY_PARAMETER']);
    expect(body).toEqual({
      err_code: 'INVALID_QUERY_PARAMETER',
      err_msg: reason,
      request_id: headers['dg-request-id'],
    });
  });

  it.each([
    ['no key', {}, QUERY, 401, 'INVALID_AUTH'],
    ['another key', { authorization: 'Token other' }, QUERY, 401, 'INVALID_AUTH'],
    ['an unknown model', undefined, QUERY.replace('general', 'special'), 403, 'INSUFFICIENT_PERMISSIONS'],
    ['one session too many', undefined, QUERY, 429, 'TOO_MANY_REQUESTS'],
  ])('refuses %s', async (name, headers, query, status, code) => {
    const { connect, refused } = await start({ maximumSessions: 1 });
    if (name === 'one session too many') await connect();
    const answer = await refused(query, headers);
    expect([answer.status, answer.headers['dg-error'], answer.body.err_code]).toEqual([status, code, code]);
  });

  it('gives a place back when a session is over', async () => {
    const { connect, listen } = await start({ maximumSessions: 1 });
    const first = await connect();
    first.socket.terminate();
    await listen.until(() => listen.connections[0]?.isClosed === true);
    expect(await (await connect()).received(1)).toHaveLength(1);
  });
});

describe('a session with /v2/listen', () => {
  it('says what the script has, on the clock of the audio', async () => {
    const { connect } = await start({ hears: { script: HELLO } });
    const client = await connect(`${QUERY}&eager_eot_threshold=0.5`);
    client.audio(1040);
    const messages = await client.received(10);
    expect(messages.map(briefly)).toEqual([
      ['Connected'],
      ['Update', 0, '', 0.25],
      ['StartOfTurn', 0, 'Hello', 0.3],
      ['EagerEndOfTurn', 0, 'Hello', 0.4],
      ['TurnResumed', 0, 'Hello there', 0.45],
      ['Update', 0, 'Hello there', 0.5],
      ['EagerEndOfTurn', 0, 'Hello there', 0.6],
      ['EndOfTurn', 0, 'Hello there', 0.7],
      ['Update', 1, '', 0.75],
      ['Update', 1, '', 1],
    ]);
    expect(messages.map(({ sequence_id }) => sequence_id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(messages.map(({ request_id }) => request_id)).size).toBe(1);
    expect(messages[7]).toEqual({
      type: 'TurnInfo',
      event: 'EndOfTurn',
      turn_index: 0,
      transcript: 'Hello there',
      words: [
        { word: 'Hello', confidence: 0.98 },
        { word: 'there', confidence: 0.98 },
      ],
      end_of_turn_confidence: 0.9,
      audio_window_start: 0,
      audio_window_end: 0.7,
      trigger: 'timeout',
      request_id: messages[0]?.request_id,
      sequence_id: 7,
    });
  });

  it('keeps its guesses from those who did not ask', async () => {
    const { connect } = await start({ hears: { script: HELLO } });
    const client = await connect();
    client.audio(720);
    const events = (await client.received(6)).map(briefly);
    expect(events.slice(2)).toEqual([
      ['StartOfTurn', 0, 'Hello', 0.3],
      ['Update', 0, 'Hello there', 0.45],
      ['Update', 0, 'Hello there', 0.5],
      ['EndOfTurn', 0, 'Hello there', 0.7],
    ]);
  });

  it('counts two bytes a sample of linear audio', async () => {
    const { connect, listen } = await start();
    const client = await connect('model=flux-general-en&encoding=linear16&sample_rate=16000');
    client.socket.send(Buffer.alloc(2560));
    await listen.until(() => listen.connections[0]?.frames.length === 1);
    expect(listen.connections[0]?.heardMs).toBe(80);
  });

  it('ends after CloseStream without an end of turn and without a code', async () => {
    const { connect } = await start({ hears: { script: HELLO } });
    const client = await connect();
    client.audio(320);
    client.send({ type: 'CloseStream' });
    expect(await client.closed).toBe(1005);
    expect(client.messages.map(briefly).slice(2)).toEqual([
      ['StartOfTurn', 0, 'Hello', 0.3],
      ['Update', 0, 'Hello', 0.32],
    ]);
  });

  it.each([
    '{"type":"KeepAlive"}',
    '{"type":"Finalize"}',
    '{"type":"Configure","features":{}}',
    '{"type":"Configure","numerals":"true"}',
    'hello',
  ])('does not survive %s', async (text) => {
    const { connect } = await start();
    const client = await connect();
    client.socket.send(text);
    expect(await client.closed).toBe(1011);
    expect(client.messages[1]).toEqual({
      type: 'Error',
      sequence_id: 1,
      code: 'UNPARSABLE_CLIENT_MESSAGE',
      description: 'The message could not be parsed.',
    });
  });

  it('changes its configuration as a whole or not at all', async () => {
    const { connect } = await start();
    const client = await connect(`${QUERY}&keyterm=Acme`);
    client.send({ type: 'Configure', thresholds: { eot_threshold: 0.8 } });
    client.send({ type: 'Configure', thresholds: { eager_eot_threshold: 0.85 }, keyterms: ['lost'] });
    client.send({ type: 'Configure', thresholds: { eager_eot_threshold: 0.4 }, keyterms: [] });
    const [, ...answers] = await client.received(4);
    expect(answers.map(({ request_id, sequence_id, ...answer }) => answer)).toEqual([
      { type: 'ConfigureSuccess', thresholds: { eot_threshold: 0.8, eot_timeout_ms: 5000 }, keyterms: ['Acme'] },
      {
        type: 'ConfigureFailure',
        code: 'INVALID_PARAMETER',
        description: 'eager_eot_threshold must not be greater than eot_threshold',
      },
      {
        type: 'ConfigureSuccess',
        thresholds: { eot_threshold: 0.8, eager_eot_threshold: 0.4, eot_timeout_ms: 5000 },
        keyterms: [],
      },
    ]);
  });

  it('ends a turn when told to, and says nothing more of it', async () => {
    const { connect } = await start({ hears: { script: HELLO } });
    const client = await connect(`${QUERY}&eager_eot_threshold=0.5`);
    client.send({ type: 'ForceEndTurn' });
    client.audio(320);
    client.send({ type: 'ForceEndTurn' });
    client.audio(720);
    const messages = await client.received(8);
    expect(messages[1]).toMatchObject({ type: 'Warning', code: 'FORCE_END_TURN_NO_ACTIVE_TURN' });
    expect(messages[4]).toMatchObject({ event: 'EndOfTurn', transcript: 'Hello', trigger: 'manual' });
    expect(messages.slice(5).map(briefly)).toEqual([
      ['Update', 1, '', 0.5],
      ['Update', 1, '', 0.75],
      ['Update', 1, '', 1],
    ]);
  });

  it('closes a connection on which nothing comes, not even a ping', async () => {
    const { connect } = await start({ idleTimeoutMs: 50 });
    expect(await (await connect()).closed).toBe(1011);
  });

  it('answers pings', async () => {
    const { connect, listen } = await start();
    const client = await connect();
    client.socket.ping();
    await once(client.socket, 'pong');
    expect(listen.connections[0]?.pings).toBe(1);
  });

  it('delays what it says, in order', async () => {
    const delays = [40, 0, 20, 0, 10, 0];
    const { connect } = await start({ hears: { script: HELLO }, latencyMs: () => delays.shift() ?? 0 });
    const client = await connect();
    client.audio(720);
    const messages = await client.received(6);
    expect(messages.map(({ sequence_id }) => sequence_id)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('what goes wrong on /v2/listen', () => {
  const faulty = async (fault: ScriptStep) => {
    const { connect } = await start({ hears: { script: [...HELLO, fault] } });
    const client = await connect();
    client.audio(1040);
    return client;
  };

  it('drops the connection', async () => {
    expect(await (await faulty({ atMs: 900, fault: 'drop' })).closed).toBe(1006);
  });

  it('closes with the code of the script', async () => {
    expect(await (await faulty({ atMs: 900, fault: 'close', code: 1012 })).closed).toBe(1012);
  });

  it('says the end of a finished turn again', async () => {
    const messages = await (await faulty({ atMs: 900, fault: 'late' })).received(8);
    expect(messages[6]).toMatchObject({ event: 'Update', turn_index: 1, sequence_id: 6 });
    expect(messages[7]).toMatchObject({ event: 'EndOfTurn', turn_index: 0, sequence_id: 7 });
  });

  it('says the same message twice', async () => {
    const messages = await (await faulty({ atMs: 720, fault: 'duplicate' })).received(7);
    expect(messages[6]).toEqual(messages[5]);
  });

  it('hangs behind an accepted handshake, and recovers', async () => {
    const { connect, listen } = await start();
    listen.inject('hang');
    const deaf = await connect();
    deaf.audio(320);
    await listen.until(() => listen.connections[0]?.heardMs === 320);
    expect(await (await connect()).received(1)).toHaveLength(1);
    expect(deaf.messages).toEqual([]);
  });
});

describe('a script for /v2/listen', () => {
  it.each<[string, readonly ScriptStep[]]>([
    ['step 0', [{ atMs: 1, event: 'StartOfTurn', text: '' }]],
    ['step 0', [{ atMs: 1, event: 'EndOfTurn', text: 'Hello' }]],
    ['step 1', [HELLO[0], { atMs: 299, event: 'EndOfTurn' }] as readonly ScriptStep[]],
    ['step 1', [HELLO[0], { atMs: 400, event: 'TurnResumed' }] as readonly ScriptStep[]],
    ['step 1', [HELLO[0], { atMs: 400, event: 'StartOfTurn', text: 'Again' }] as readonly ScriptStep[]],
    ['step 2', [HELLO[0], HELLO[1], { atMs: 500, event: 'EndOfTurn', text: 'Other' }] as readonly ScriptStep[]],
    ['step 0', [{ atMs: 1, fault: 'close', code: 1006 }]],
    ['step 0', [{ atMs: Number.NaN, fault: 'drop' }]],
  ])('cannot be impossible: %s', async (step, script) => {
    await expect(listenBench({ hears: { script } })).rejects.toThrow(step);
  });
});

describe('a recogniser behind /v2/listen', () => {
  it("is made to speak Flux's words", async () => {
    let heard: SpeechToTextOptions | undefined;
    let bytes = 0;
    const { connect, listen } = await start({
      hears: {
        recogniser: {
          open: async (options) => {
            heard = options;
            return { write: ({ length }) => (bytes += length), expect: () => {} };
          },
        },
      },
    });
    const client = await connect(`${QUERY}&eager_eot_threshold=0.5`);
    client.audio(80);
    client.send({ type: 'Configure' });
    await client.received(2);
    expect(bytes).toBe(640);
    heard?.on({ type: 'caller.speechStarted' });
    heard?.on({ type: 'caller.endOfTurn', text: '', confidence: 0, words: [] });
    heard?.on({ type: 'caller.speechStarted' });
    heard?.on({ type: 'caller.interim', text: 'book' });
    heard?.on({ type: 'caller.eagerEndOfTurn', text: 'book a' });
    heard?.on({
      type: 'caller.endOfTurn',
      text: 'book a room',
      confidence: 0.7,
      words: [{ word: 'book', startMs: 100, endMs: 350 }],
    });
    const messages = await client.received(8);
    expect(messages.slice(2).map(briefly)).toEqual([
      ['StartOfTurn', 0, 'book', 0.08],
      ['Update', 0, 'book a', 0.08],
      ['EagerEndOfTurn', 0, 'book a', 0.08],
      ['TurnResumed', 0, 'book a', 0.08],
      ['Update', 0, 'book a room', 0.08],
      ['EndOfTurn', 0, 'book a room', 0.08],
    ]);
    expect(messages[7]).toMatchObject({
      end_of_turn_confidence: 0.7,
      words: [{ word: 'book', confidence: 0.7, start: 0.1, end: 0.35 }],
    });
    heard?.onLost({ code: 'unavailable', message: 'the thread died', retryable: true });
    expect(await client.closed).toBe(1011);
    await listen.until(() => listen.connections[0]?.isClosed === true);
    expect(heard?.signal.aborted).toBe(true);
  });

  it('hears nothing but what it can', async () => {
    const recogniser = { open: () => Promise.reject(new Error('never')) };
    const { refused } = await start({ hears: { recogniser } });
    const { body } = await refused('model=flux-general-en&encoding=linear16&sample_rate=16000');
    expect(body.err_msg).toBe("encoding: the emulator's recogniser hears mulaw at 8000 Hz only");
  });
});

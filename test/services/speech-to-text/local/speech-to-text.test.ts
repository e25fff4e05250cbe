import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallerEvent, Failure } from '../../../../machines/call/events.ts';
import type { SpeechToText } from '../../../../machines/call/ports.ts';
import { DEFAULT_ENDPOINTING } from '../../../../services/speech-to-text/local/endpointer.ts';
import { readGrammar } from '../../../../services/speech-to-text/local/grammar.ts';
import {
  createRecogniserPool,
  type RecogniserPool,
} from '../../../../services/speech-to-text/local/recogniser-pool.ts';
import { createLocalSpeechToText } from '../../../../services/speech-to-text/local/speech-to-text.ts';
import { closeSynthesiser } from '../../../../services/text-to-speech/local/synthesise.ts';
import { VOICES, type Voice } from '../../../../services/text-to-speech/local/voices.ts';
import { caller, join, key, noise, quiet, sound } from './phone-line.ts';

const GRAMMARS = {
  opening: `
    <utterance> = <booking> | <question> | <backChannel>;
    <booking> = [i would like to | can i | i want to] (book | reserve) a (table | room) [for <count>] [<when>];
    <question> = (when | what time) is (breakfast | check out) | do you have (parking | a swimming pool);
    <backChannel> = okay | uh-huh | right | thank you | i see;
    <count> = one | two | three | four | five | six;
    <when> = tonight | tomorrow | on (monday | friday | saturday);`,
  time: '<utterance> = [at] (six | seven | eight | nine) [thirty] [p m] [please];',
};

let pool: RecogniserPool;
let speechToText: SpeechToText;
beforeAll(async () => {
  pool = createRecogniserPool();
  speechToText = createLocalSpeechToText({ pool, grammars: GRAMMARS });
  await pool.ready();
});
afterAll(async () => {
  await pool.close();
  await closeSynthesiser();
});

interface Call {
  readonly events: CallerEvent[];
  readonly lost: Failure[];
  readonly abort: AbortController;
  write(audio: Uint8Array): void;
  expect(topic: string): void;
  /** Resolves when this many utterances have ended. */
  ended(utterances: number): Promise<void>;
}

async function open(topic = 'opening'): Promise<Call> {
  const events: CallerEvent[] = [];
  const lost: Failure[] = [];
  const abort = new AbortController();
  let listener: (() => void) | undefined;
  const ends = () => events.filter(({ type }) => type === 'caller.endOfTurn').length;
  const session = await speechToText.open({
    topic,
    signal: abort.signal,
    on: (event) => {
      events.push(event);
      listener?.();
    },
    onLost: (failure) => lost.push(failure),
  });
  return {
    ...{ events, lost, abort },
    write: (audio) => session.write(audio),
    expect: (next) => session.expect(next),
    ended: (utterances) =>
      new Promise((resolve) => {
        listener = () => {
          if (ends() >= utterances) resolve();
        };
        listener();
      }),
  };
}

/** Plays a whole call. @returns all that was reported until its first turn ended */
async function listen(audio: Uint8Array, topic?: string): Promise<CallerEvent[]> {
  const call = await open(topic);
  call.write(audio);
  await call.ended(1);
  call.abort.abort();
  return call.events;
}

const textsOf = (events: readonly CallerEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'caller.endOfTurn' ? [event.text] : []));

describe('local speech to text', () => {
  it.each(VOICES)('understands %s', async (voice) => {
    const sentences = ['I would like to book a table for two tonight.', 'When is breakfast?', 'Do you have parking?'];
    const call = await open();
    call.write(await caller(voice, ...sentences));
    await call.ended(3);
    call.abort.abort();
    expect(textsOf(call.events)).toEqual([
      'i would like to book a table for two tonight',
      'when is breakfast',
      'do you have parking',
    ]);
  });

  it('says the five words of turn-taking in order, on the audio clock', async () => {
    const events = await listen(await caller('slt', 'Can I book a room for four?'));
    expect(events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])).toEqual([
      'caller.speechStarted',
      'caller.interim',
      'caller.eagerEndOfTurn',
      'caller.endOfTurn',
    ]);
    expect(events.at(-2)).toEqual({ type: 'caller.eagerEndOfTurn', text: 'can i book a room for four' });
    const end = events.at(-1);
    if (end?.type !== 'caller.endOfTurn') throw new Error('expected the end of the turn');
    expect(end.words.map(({ word }) => word)).toEqual(['can', 'i', 'book', 'a', 'room', 'for', 'four']);
    expect(end.confidence).toBeGreaterThan(0.6);
    expect(end.words[0]?.startMs).toBeGreaterThan(450);
    expect(end.words[0]?.startMs).toBeLessThan(600);
    expect(end.words[6]?.endMs).toBeGreaterThan(end.words[6]?.startMs ?? 0);
    expect(Math.abs((end.speechEndMs ?? 0) - (end.words[6]?.endMs ?? 0))).toBeLessThan(150);
  });

  it('takes an eager end back when the caller speaks on', async () => {
    const [first, second] = [await caller('slt', 'Can I book a room'), await caller('slt', 'for four on Friday?')];
    // A second of silence ends the first and half a second begins the second: 500 ms of it stay.
    const events = await listen(join(first.subarray(0, -8000), second.subarray(2400)));
    expect(events.filter(({ type }) => type !== 'caller.interim')).toEqual([
      { type: 'caller.speechStarted' },
      { type: 'caller.eagerEndOfTurn', text: 'can i book a room' },
      { type: 'caller.turnResumed' },
      { type: 'caller.eagerEndOfTurn', text: 'can i book a room for four on friday' },
      expect.objectContaining({ type: 'caller.endOfTurn', text: 'can i book a room for four on friday' }),
    ]);
  });

  it.each<[Voice, string]>([
    ['slt', 'My daughter plays the violin in an orchestra.'],
    ['rms', 'The quick brown fox jumps over the lazy dog.'],
    ['awb', 'Photosynthesis converts light into energy.'],
    ['kal', 'We drove across the desert for hours.'],
  ])('%s: does not understand "%s"', async (voice, sentence) => {
    const end = (await listen(await caller(voice, sentence))).at(-1);
    expect(end).toMatchObject({ type: 'caller.endOfTurn', text: '[unintelligible]', confidence: 0, words: [] });
  });

  it.each<[Voice, string, string]>([
    ['rms', 'Okay.', 'okay'],
    ['awb', 'Okay.', 'okay'],
    ['slt', 'I see.', 'i see'],
    ['rms', 'Right.', 'right'],
    ['kal', 'I see.', 'i see'],
  ])('%s: hears the back-channel "%s"', async (voice, sentence, text) => {
    expect(textsOf(await listen(await caller(voice, sentence)))).toEqual([text]);
  });

  it('reports nothing for silence, noise and keys', async () => {
    const hiss = noise();
    const disturbances = join(
      sound(1000, () => 0),
      ...[697, 770, 852, 941].map((row) => join(key(row, 1336, 100), quiet(100))),
      sound(1500, () => 2000 * hiss()),
      quiet(1500),
    );
    const events = await listen(join(disturbances, await caller('slt', 'When is breakfast?')));
    expect(events.filter(({ type }) => type === 'caller.speechStarted')).toHaveLength(1);
    expect(textsOf(events)).toEqual(['when is breakfast']);
  });

  it('calls a voiced blip without words a noise', async () => {
    const grunt = sound(100, (index) => 6000 * Math.sin(2 * Math.PI * 0.015 * index) ** 9);
    const events = await listen(join(quiet(500), grunt, quiet(1000)));
    expect(events).toEqual([
      { type: 'caller.speechStarted' },
      { type: 'caller.endOfTurn', text: '', confidence: 0, words: [], speechEndMs: expect.any(Number) },
    ]);
  });

  it('listens for another topic from the next utterance on, never in the middle of one', async () => {
    const call = await open();
    const booking = await caller('slt', 'I want to reserve a table.');
    call.write(booking.subarray(0, 8000));
    call.expect('time');
    call.write(booking.subarray(8000));
    call.write(await caller('slt', 'At seven thirty please.'));
    await call.ended(2);
    expect(textsOf(call.events)).toEqual(['i want to reserve a table', 'at seven thirty please']);
    call.abort.abort();
  });

  it('listens for the first topic when it does not know the one it is asked for', async () => {
    expect(textsOf(await listen(await caller('slt', 'What time is check out?'), 'the weather'))).toEqual([
      'what time is check out',
    ]);
  });

  it('keeps two callers apart whose audio comes in turns, in pieces of any length', async () => {
    const [a, b] = [await open(), await open()];
    const audio = [await caller('slt', 'When is breakfast?'), await caller('rms', 'Do you have a swimming pool?')];
    const [left = quiet(0), right = quiet(0)] = audio;
    for (let at = 0; at < Math.max(left.length, right.length); at += 250) {
      a.write(left.subarray(at, at + 250));
      b.write(right.subarray(at, at + 250));
    }
    await Promise.all([a.ended(1), b.ended(1)]);
    expect([textsOf(a.events), textsOf(b.events)]).toEqual([['when is breakfast'], ['do you have a swimming pool']]);
    expect(pool.sessions).toBe(2);
    a.abort.abort();
    b.abort.abort();
    expect(pool.sessions).toBe(0);
  });

  it('reports nothing after an abort in the middle of an utterance, and serves the next caller as ever', async () => {
    const call = await open();
    call.write((await caller('slt', 'I would like to book a table.')).subarray(0, 10_000));
    call.abort.abort();
    call.write(quiet(1000));
    call.expect('time');
    expect(textsOf(await listen(await caller('rms', 'When is breakfast?')))).toEqual(['when is breakfast']);
    expect({ events: call.events, lost: call.lost }).toEqual({ events: [], lost: [] });
  });

  it('cannot be opened with an aborted signal', async () => {
    const signal = AbortSignal.abort();
    const opening = speechToText.open({ signal, topic: 'opening', on: () => undefined, onLost: () => undefined });
    await expect(opening).rejects.toMatchObject({ code: 'cancelled', vendor: 'local' });
    expect(pool.sessions).toBe(0);
  });
});

describe('recogniser pool', () => {
  it('refuses a vocabulary that lacks words of its grammar', async () => {
    const broken = createRecogniserPool();
    const { graph } = readGrammar('menu', '<utterance> = yes | no;');
    broken.teach({ pronunciations: [['yes', 'Y EH S']], grammars: { menu: graph } }, DEFAULT_ENDPOINTING);
    await expect(broken.ready()).rejects.toMatchObject({ code: 'bad-request', message: 'grammar "menu" was refused' });
    await broken.close();
  });

  it('tells open sessions that they are lost when it closes, and opens no more', async () => {
    const closing = createRecogniserPool();
    const local = createLocalSpeechToText({ pool: closing, grammars: GRAMMARS });
    const lost: Failure[] = [];
    const signal = new AbortController().signal;
    const options = { signal, topic: 'opening', on: () => undefined, onLost: (failure: Failure) => lost.push(failure) };
    await local.open(options);
    await closing.close();
    expect(lost).toEqual([{ code: 'cancelled', message: 'the recogniser was stopped', retryable: false }]);
    await expect(local.open(options)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

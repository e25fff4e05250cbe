import { describe, expect, it } from '@jest/globals';
import type { Utterance } from '../../../../emulators/deepgram/speak/utterance-log.ts';
import type { PhoneCall } from '../../../../emulators/twilio/phone-call.ts';
import type { ServerSound, SoundAccount } from '../../../../emulators/vendors/sound-account.ts';
import { accountForSound } from '../../../../emulators/vendors/sound-account.ts';
import type { Interruption } from '../../../../journal/call-record.ts';
import { CallWire } from '../../../../visualizations/demo/callers/call-wire.ts';
import { interruptionsOf } from '../../../../visualizations/demo/callers/interruptions.ts';
import { judgeRoad } from '../../../../visualizations/demo/callers/judge-road.ts';
import type { ModelRequest, RoadEvidence } from '../../../../visualizations/demo/callers/road-evidence.ts';

/** A word sounds for 200 ms, and no two utterances alike. */
const WORD_BYTES = 1600;
const speak = async (text: string, mark = 0): Promise<Uint8Array> =>
  new Uint8Array(text.split(' ').length * WORD_BYTES).map((_, index) => (index % 160 === 0 ? mark : index / 160));

const utterance = async (number: number, text: string, ends: Partial<Utterance> = {}): Promise<Utterance> => ({
  number,
  socket: 7,
  text,
  spokenAtMs: 1000 + number,
  audio: await speak(text, number),
  lastAudioAtMs: 1100,
  flushedAtMs: 1100,
  clearedAtMs: undefined,
  ...ends,
});

const framesOf = ({ audio }: Utterance, words: number): ServerSound[] =>
  Array.from({ length: words * 10 }, (_, frame) => ({
    type: 'media',
    mulaw: audio.subarray(frame * 160, frame * 160 + 160),
    atMs: 1200,
  }));

const FIRST = 'It is an old house.';
const SECOND = 'Many painters have been here before.';
const THEN = 'There is a garage.';

interface Scene {
  readonly request?: Partial<ModelRequest>;
  readonly next?: Partial<ModelRequest>;
  readonly voice?: Partial<Utterance>;
  /** What the request behind the interruption holds of the answer. */
  readonly remembered?: string;
  /** Sound that comes behind the clear. */
  readonly behind?: (utterances: readonly Utterance[]) => ServerSound[];
}

/** An answer of two sentences is cut in the third word of the second, of which the phone drops another two words. */
async function evidenceOf({ request, next, voice, remembered = `${FIRST} Many painters have`, behind }: Scene = {}) {
  const one = await utterance(1, FIRST);
  const two = await utterance(2, SECOND, { flushedAtMs: undefined, clearedAtMs: 2012, ...voice });
  const three = await utterance(3, THEN, { spokenAtMs: 3010 });
  const utterances = [one, two, three];
  const wire = new CallWire(1);
  wire.phone = { timeline: [{ atMs: 0, event: { type: 'clear', droppedMs: 400, marks: [] } }] } as unknown as PhoneCall;
  wire.recognised.push({ text: 'where', atMs: 2000 }, { text: 'where can', atMs: 2900 });
  wire.sounds.push(
    ...framesOf(one, 5),
    { type: 'mark', name: 'e2.s0', atMs: 1300 },
    ...framesOf(two, 5),
    { type: 'clear', atMs: 2004 },
    ...(behind ?? (() => framesOf(three, 4)))(utterances),
  );
  const sound: SoundAccount = accountForSound(wire.sounds, utterances, new Set());
  const requests: ModelRequest[] = [
    {
      atMs: 900,
      outcome: { type: 'broken', atMs: 2008, status: 200 },
      history: [{ role: 'user', text: 'tell me' }],
      meant: `${FIRST} ${SECOND} And so on.`,
      dropped: false,
      said: [one, two],
      ...request,
    },
    {
      atMs: 3000,
      outcome: { type: 'completed', atMs: 3020, status: 200 },
      history: [
        { role: 'user', text: 'tell me' },
        { role: 'assistant', text: remembered, interrupted: true },
        { role: 'user', text: 'where can i park' },
      ],
      meant: THEN,
      dropped: false,
      said: [three],
      ...next,
    },
  ];
  return { wire, sound, requests, utterances } satisfies RoadEvidence;
}

const ONCE: readonly Interruption[] = [{ atMs: 2000, by: 'where', heardSentences: 1, playedMs: 600 }];

const judged = async (scene: Scene, interruptions = ONCE) => {
  const evidence = await evidenceOf(scene);
  const findings = judgeRoad(evidence, await interruptionsOf(evidence, speak), interruptions);
  return findings.filter(({ holds }) => !holds).map(({ what, seen }) => `${what}: ${seen}`);
};

describe('the whole road of a call', () => {
  it('is as it should be when all that was cut stopped, and what was heard is remembered', async () => {
    const evidence = await evidenceOf();
    const seen = await interruptionsOf(evidence, speak);
    expect(seen).toEqual([
      {
        clearedAfterMs: 4,
        model: { how: 'stopped', afterMs: 8 },
        voice: { how: 'stopped', afterMs: 12 },
        words: { remembered: 8, heard: 8 },
      },
    ]);
    expect(judgeRoad(evidence, seen, ONCE).map(({ holds, seen: what }) => [holds, what])).toEqual([
      [true, '140 frames of 3 sentences; 0 lost, 0 repeated, 0 out of order, 0 unknown'],
      [true, '0 frames'],
      [true, '1 for 1'],
      [true, '2 requests, 0 of them dropped guesses'],
      [true, '8.0 ms'],
      [true, '12.0 ms'],
      [true, '8 of 8'],
    ]);
  });

  it('may find the answer complete before it was cut: then nothing had to stop', async () => {
    const outcome = { type: 'completed', atMs: 1500, status: 200 } as const;
    expect(await judged({ request: { outcome }, voice: { flushedAtMs: 1500, clearedAtMs: undefined } })).toEqual([]);
    const justNow = { ...outcome, atMs: 2003 };
    const voice = { flushedAtMs: 2003, clearedAtMs: undefined };
    expect(await judged({ request: { outcome: justNow }, voice })).toEqual([]);
  });

  it.each<[string, Scene, string[]]>([
    [
      'the model writes on',
      { request: { outcome: { type: 'completed', atMs: 2500, status: 200 } } },
      ['each interruption aborts the request to the model: 1 went on'],
    ],
    [
      'the voice speaks on',
      { voice: { clearedAtMs: undefined, flushedAtMs: 2500 } },
      ['each interruption silences the voice at the vendor: 1 went on'],
    ],
    [
      'sound leaves the vendor behind its end',
      { voice: { lastAudioAtMs: 2013 } },
      ['each interruption silences the voice at the vendor: 1 went on'],
    ],
    [
      'the history holds words that were not heard',
      { remembered: `${FIRST} ${SECOND}` },
      ['the next request holds the words that were heard, ± 1: 11 of 8'],
    ],
    [
      'the history holds words that were never said',
      { remembered: 'It was a school.' },
      ['the next request holds the words that were heard, ± 1: other words'],
    ],
    [
      'the cut answer goes on behind the clear',
      { behind: ([, two, three]) => (two && three ? [...framesOf(two, 6).slice(50), ...framesOf(three, 4)] : []) },
      ['no frame of an older answer came behind a clear: 10 frames'],
    ],
    [
      'an answer was never said',
      { next: { said: [] } },
      [
        `what the model wrote was said, up to where it was cut; of a dropped guess nothing was: of “${THEN}” was said: “”`,
      ],
    ],
    [
      'a dropped guess was said',
      { request: { dropped: true } },
      [
        `what the model wrote was said, up to where it was cut; of a dropped guess nothing was: of a dropped guess was said: ${FIRST} ${SECOND}`,
      ],
    ],
  ])('shows it when %s', async (_, scene, wrong) => {
    expect(await judged(scene)).toEqual(wrong);
  });

  it('shows a clear without an interruption, and an interruption without a clear, unless it was between two sentences', async () => {
    expect(await judged({}, [])).toEqual(['one clear for each interruption: 1 for 0']);
    expect(await judged({}, [...ONCE, ...ONCE])).toEqual(['one clear for each interruption: 1 for 2']);
    const between = ONCE.map((interruption) => ({ ...interruption, playedMs: 0 }));
    expect(await judged({}, [...ONCE, ...between])).toEqual([]);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { encodeSpeech, TONE_MS_PER_CHARACTER, tones } from '../../emulators/deepgram/speak/speech-source.ts';
import type { Crossing, RoadCall } from '../support/road/road-call.ts';
import { answerOf, questionOf } from '../support/road/script.ts';
import { type ScriptedRoad, startScriptedRoad } from '../support/road/scripted-road.ts';

/** Sound of an answer that the phone has got when the caller interrupts (µ-law bytes), by turn. The last is heard whole. */
const CUTS = [12_000, 36_000];
const WHOLE = CUTS.length;
/** Twice as fast as it sounds: at every cut there is sound that was not heard, and more to be made. */
const SPEED = 2;
const GREETING = ['Welcome to the Hotel Continental.', 'I am the automatic concierge.', 'How can I help you?'];
/** Far above what is measured (`npm run bench -- hops`), for a machine that is busy with other things. */
const PATIENCE_MS = 2000;

let road: ScriptedRoad;
afterEach(async () => {
  await road.stop();
});

/** A call whose answers are cut, but the last one. */
async function talk(call: RoadCall): Promise<void> {
  const { caller, phone } = call;
  await call.waitFor('heard');
  for (const [turn, bytes] of CUTS.entries()) {
    ask(call, turn);
    await call.waitFor('speak', ({ turn: of }) => of === turn);
    await call.soundOf(bytes);
    // The caller speaks over the answer: begins the next question.
    const cleared = phone.next('clear');
    call.recognise(questionOf({ caller, turn: turn + 1 }));
    await cleared;
    await call.waitFor('aborted', ({ turn: of }) => of === turn);
    await call.waitFor('silence', ({ turn: of }) => of === turn);
  }
  const from = call.crossings.length;
  ask(call, WHOLE);
  await call.waitFor('heard', undefined, from);
  ask(call, WHOLE + 1);
  await call.waitFor('request', ({ turn }) => turn === WHOLE + 1);
  await phone.hangUp();
  await call.waitFor('aborted', ({ turn }) => turn === WHOLE + 1);
}

const ask = (call: RoadCall, turn: number): void => {
  call.endTurn(questionOf({ caller: call.caller, turn }));
};

const sound = (texts: readonly string[]): Buffer =>
  Buffer.concat(texts.map((text) => encodeSpeech(tones(text, 8000) as Int16Array, 'mulaw')));

/** The sound that the phone got, divided by the `clear`s and by the marks behind a whole speech. */
function speeches(call: RoadCall): readonly Buffer[] {
  const parts: Uint8Array[][] = [[]];
  for (const crossing of call.crossings) {
    if (crossing.type === 'media') parts.at(-1)?.push(crossing.mulaw);
    if (crossing.type === 'clear' || (crossing.type === 'mark' && crossing.name.endsWith('.end'))) parts.push([]);
  }
  return parts.map((part) => Buffer.concat(part));
}

const indexOf = (call: RoadCall, where: (crossing: Crossing) => boolean): number => call.crossings.findIndex(where);

/** How many words of a text have sounded after so long. */
const wordsWithin = (texts: readonly string[], ms: number): number => {
  let left = Math.floor(ms / TONE_MS_PER_CHARACTER);
  let words = 0;
  for (const text of texts) {
    words += `${text} `.slice(0, Math.max(0, left + 1)).split(' ').length - 1;
    left -= text.length;
  }
  return words;
};

/** What the voice made of a turn, as it left the vendor. */
const made = (call: RoadCall, turn: number): Buffer =>
  Buffer.concat(call.of('audio').flatMap((audio) => (audio.turn === turn ? [audio.mulaw] : [])));

function expectSoundUnspoiled(call: RoadCall): void {
  const { caller } = call;
  const [greeting, ...answers] = speeches(call);
  expect(greeting?.equals(sound(GREETING))).toBe(true);
  // All of what is heard to the end, byte for byte; of what is cut a beginning, and not one frame behind its `clear`: all that
  // comes then is the beginning of the next answer, whose pitch is another.
  for (const turn of CUTS.keys()) {
    const answer = answers[turn] ?? Buffer.alloc(0);
    expect(answer.length).toBeGreaterThanOrEqual(CUTS[turn] ?? Number.POSITIVE_INFINITY);
    expect(answer.equals(made(call, turn).subarray(0, answer.length))).toBe(true);
    expect(answer.equals(sound(answerOf({ caller, turn })).subarray(0, answer.length))).toBe(true);
  }
  expect(answers[WHOLE]?.equals(made(call, WHOLE))).toBe(true);
  expect(answers[WHOLE]?.equals(sound(answerOf({ caller, turn: WHOLE })))).toBe(true);
}

function expectCutsComplete(call: RoadCall): void {
  const clears = call.phone.timeline.flatMap(({ event }) => (event.type === 'clear' ? [event] : []));
  expect(clears).toHaveLength(CUTS.length);
  const heard = speeches(call).slice(1);
  for (const turn of CUTS.keys()) {
    const began = indexOf(call, ({ type, ...rest }) => {
      return type === 'StartOfTurn' && 'text' in rest && rest.text === questionOf({ ...call, turn: turn + 1 });
    });
    const isOfTurn = (crossing: Crossing): boolean => 'turn' in crossing && crossing.turn === turn;
    for (const type of ['aborted', 'silence'] as const) {
      const at = indexOf(call, (crossing) => crossing.type === type && isOfTurn(crossing));
      expect(at).toBeGreaterThan(began);
      expect((call.crossings[at]?.atMs ?? 0) - (call.crossings[began]?.atMs ?? 0)).toBeLessThan(PATIENCE_MS);
    }
    const texts = answerOf({ caller: call.caller, turn });
    const before = call.of('request').find((request) => request.turn === turn + 1)?.before ?? '';
    const remembered = before.replace(/ —$/, '');
    expect(texts.join(' ').startsWith(remembered)).toBe(true);
    expect(before).not.toBe(remembered);
    const heardMs = (heard[turn]?.length ?? 0) / 8 - (clears[turn]?.droppedMs ?? 0);
    expect(Math.abs(remembered.split(' ').filter(Boolean).length - wordsWithin(texts, heardMs))).toBeLessThanOrEqual(1);
  }
}

function expectOrder(call: RoadCall): void {
  const { caller } = call;
  expect(call.of('request').map(({ turn }) => turn)).toEqual([0, 1, 2, 3]);
  expect(call.of('request').at(-1)?.before).toBe(answerOf({ caller, turn: WHOLE }).join(' '));
  expect(call.of('aborted').map(({ turn }) => turn)).toEqual([...CUTS.keys(), WHOLE + 1]);
  expect(call.phone.warnings).toEqual([]);
}

describe('the main road: Twilio, Flux, OpenAI and Aura over their SDKs', () => {
  it.each([1, 20])('%i calls at once lose nothing, repeat nothing, and remember what was heard', async (callers) => {
    road = await startScriptedRoad({ speed: SPEED, completes: (turn) => turn === WHOLE });
    const calls: RoadCall[] = [];
    while (calls.length < callers) calls.push(await road.dial());
    await Promise.all(calls.map(talk));
    for (const call of calls) {
      expectSoundUnspoiled(call);
      expectCutsComplete(call);
      expectOrder(call);
    }
  }, 60_000);
});

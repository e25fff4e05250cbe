import { describe, expect, it } from '@jest/globals';
import { connectCall } from '../../../machines/call/connect-call.ts';
import type { CallPorts, LanguageModel, SpeechToTextOptions, TextToSpeech } from '../../../machines/call/ports.ts';
import { CarrierPlayout } from '../../../services/telephony/playout.ts';
import { BRIEF } from '../../support/call-on-paper.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const settle = () => new Promise(setImmediate);
const SECOND_OF_SOUND = new Uint8Array(8000);

/** A voice that answers each sentence with a second of sound before `say` returns. */
const instantVoice: TextToSpeech = {
  open: (sink) => ({
    say: (index) => {
      sink.audio(index, SECOND_OF_SOUND);
      sink.sentenceEnd(index);
    },
    end: () => sink.finished(),
  }),
};
const modelOf = (...sentences: string[]): LanguageModel => ({
  async *stream() {
    for (const text of sentences) yield { type: 'text', text: `${text} ` };
    yield { type: 'finish', reason: 'stop' };
  },
});

/** The call chart with its real actors and the real playout; the test is carrier and recogniser. */
function connectedCall(changes: Partial<CallPorts> = {}) {
  const clock = new VirtualClock();
  const wire: string[] = [];
  const marks: string[] = [];
  const playout = new CarrierPlayout({
    now: () => clock.now,
    audioClock: () => clock.now,
    wire: {
      media: () => wire.push('media'),
      mark: (name) => marks.push(name),
      clear: () => wire.push('clear'),
    },
  });
  let recogniser: SpeechToTextOptions | undefined;
  const ports: CallPorts = {
    speechToText: {
      open: async (options) => {
        recogniser = options;
        return { write: () => {}, expect: () => {} };
      },
    },
    callerAudio: { attach: () => () => {} },
    languageModel: modelOf('The hotel was built by a king.', 'It burned down.'),
    toolbox: { run: async () => '{}' },
    textToSpeech: instantVoice,
    playout,
    callControl: { transfer: async () => {} },
    ...changes,
  };
  const call = connectCall(ports, { clock, input: BRIEF });
  call.subscribe({ error: () => {} });
  call.start();
  return {
    call,
    clock,
    /** What went to the carrier since the last look, runs of frames as one. */
    wire: () => wire.splice(0).filter((what, index, all) => what !== all[index - 1]),
    caller: (event: Parameters<SpeechToTextOptions['on']>[0]) => recogniser?.on(event),
    /** Time goes by, and the carrier returns the next mark. */
    hears(ms: number) {
      clock.advance(ms);
      playout.markReturned(marks.shift() ?? '');
    },
    is: (state: Parameters<ReturnType<typeof call.getSnapshot>['matches']>[0]) => call.getSnapshot().matches(state),
  };
}

describe('the call with its real actors', () => {
  it('hears the first sound of a voice that answers at once', () => {
    const { is, hears } = connectedCall();
    expect(is({ active: { conversation: { greeting: 'sounding' } } })).toBe(true);
    hears(1000);
    expect(is({ active: { conversation: { listening: 'quiet' } } })).toBe(true);
  });

  it('cuts a voice that is far ahead, and keeps in the history what was heard', async () => {
    const { call, clock, caller, hears, wire, is } = connectedCall();
    await settle();
    hears(1000);
    caller({ type: 'caller.endOfTurn', text: 'tell me', confidence: 1, words: [] });
    await settle();
    expect(is({ active: { conversation: { responding: 'speaking' } } })).toBe(true);
    clock.advance(500);
    wire();
    caller({ type: 'caller.endOfTurn', text: 'and the pool', confidence: 1, words: [] });
    expect(wire()).toEqual(['clear']);
    expect(call.getSnapshot().context.history.slice(1)).toEqual([
      { role: 'user', text: 'tell me' },
      { role: 'assistant', text: 'The hotel was', interrupted: true },
      { role: 'user', text: 'and the pool' },
    ]);
  });

  it('shares its chart with other calls, and nothing else', async () => {
    const [one, other] = [connectedCall(), connectedCall({ languageModel: modelOf('There is no pool.') })];
    await settle();
    for (const { hears } of [one, other]) hears(1000);
    for (const { wire } of [one, other]) wire();
    other.caller({ type: 'caller.endOfTurn', text: 'is there a pool', confidence: 1, words: [] });
    await settle();
    expect([one.wire(), other.wire()]).toEqual([[], ['media']]);
    expect([one, other].map(({ call }) => call.getSnapshot().context.saying)).toEqual([[], ['There is no pool.']]);
    expect(one.call.logic).toBe(other.call.logic);
  });

  it('gives a tool that the caller interrupted one result, though it answers later', async () => {
    let answer = (_: string): void => {};
    const { call, caller, hears } = connectedCall({
      languageModel: {
        async *stream() {
          yield { type: 'toolCall', id: 't', name: 'book_table', arguments: '{}' };
          yield { type: 'finish', reason: 'toolCalls' };
        },
      },
      toolbox: {
        run: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      },
    });
    await settle();
    hears(1000);
    caller({ type: 'caller.endOfTurn', text: 'a table', confidence: 1, words: [] });
    await settle();
    caller({ type: 'caller.interim', text: 'for two' });
    answer('{"ok":true}');
    await settle();
    expect(call.getSnapshot().context.history.map(({ role }) => role)).toEqual([
      'assistant',
      'user',
      'toolCall',
      'toolResult',
    ]);
  });

  it.each([
    [
      'throws as it is opened',
      {
        open: () => {
          throw new Error('no voice');
        },
      },
    ],
    ['never makes a sound', { open: () => ({ say: () => {}, end: () => {} }) }],
  ] as const)('leaves the caller to the carrier when the voice of the greeting %s', (_, textToSpeech) => {
    const { call, clock } = connectedCall({ textToSpeech });
    clock.advance(4000);
    expect(call.getSnapshot().output).toEqual({
      reason: 'voice-failed',
      next: { verb: 'dial', number: '+14155550100' },
    });
    expect(clock.pending).toBe(0);
  });
});

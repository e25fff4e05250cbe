import { describe, expect, it } from '@jest/globals';
import { DEFAULT_BARGE_IN, DEFAULT_FLOOR } from '../../../machines/call/brief.ts';
import { BRIEF, GREETED } from '../../support/call-on-paper.ts';
import { type CallSetting, callOnClock, callWith } from '../../support/on-clock/call.ts';
import { answer, answerWithTool } from '../../support/on-clock/model.ts';
import { TEN_SECONDS } from '../../support/on-clock/voice.ts';

/*
 * Who has the floor, and who gets it back. All times are ms since the call began to listen, or since its start where that
 * is said; how long model, voice and sound take is told in `exact-time.test.ts`.
 */

describe('after an interruption that meant nothing, to the millisecond', () => {
  it('goes on from the first unheard word after 2 s, without a voice, and remembers one whole answer', async () => {
    const call = await callWith(answer(TEN_SECONDS));
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('hang on', { from: 5000, to: 5500, interim: 5300, final: 'none' });
    await call.until(16_000);
    expect(call.timeline).toEqual([
      '2700 thinking',
      '2700 model asked',
      `3000 voice: ${TEN_SECONDS}`,
      '3200 speaking',
      '3200 sound',
      '5300 interrupted',
      '5300 clear',
      '7300 resuming',
      '7300 sound',
      '15300 listening',
      '15300 silence',
    ]);
    expect(call.heard()).toBe(`The hotel was built b${TEN_SECONDS.slice('The hotel was built '.length)}`);
    expect(call.history).toEqual([
      GREETED,
      { role: 'user', text: 'tell me' },
      { role: 'assistant', text: TEN_SECONDS },
    ]);
  });

  it('goes on as soon as the recogniser says that it was no speech', async () => {
    const call = await callWith(answer(TEN_SECONDS));
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('hang on', { from: 5000, to: 5500, interim: 5300, final: 'none' });
    call.caller.tells(5700, { type: 'caller.endOfTurn', text: '', confidence: 0, words: [] });
    await call.until(6000);
    expect(call.timeline.slice(5)).toEqual(['5300 interrupted', '5300 clear', '5700 resuming', '5700 sound']);
  });

  it('asks the voice only for what it never got, and the model for the rest of its answer', async () => {
    const call = await callWith(
      [
        [300, { type: 'text', text: 'The hotel was built by a king. I' }],
        [2500, { type: 'text', text: 't burned down. T' }],
        [9000, { type: 'text', text: 'hat was long ago.' }],
      ],
      answer('It was rebuilt.'),
    );
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('hang on', { from: 5000, to: 5500, interim: 5300, final: 'none' });
    await call.until(11_000);
    expect(call.timeline.slice(2)).toEqual([
      '3000 voice: The hotel was built by a king.',
      '3200 speaking',
      '3200 sound',
      '5200 voice: It burned down.',
      '5300 interrupted',
      '5300 model stopped',
      '5300 clear',
      '7300 resuming',
      '7300 sound',
      '7300 voice: It burned down.',
      '9800 thinking',
      '9800 model asked',
      '9800 silence',
      '10100 voice: It was rebuilt.',
      '10300 speaking',
      '10300 sound',
    ]);
    expect(call.requests[1]?.history.at(-1)).toEqual({
      role: 'assistant',
      text: 'The hotel was built by a king. It burned down.',
    });
  });

  it('listens in silence where the profile says so', async () => {
    const brief = { bargeIn: { ...DEFAULT_BARGE_IN, falseInterruption: 'listen' as const } };
    const call = await callOnClock({ answers: [answer(TEN_SECONDS)], brief }).listening();
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('hang on', { from: 5000, to: 5500, interim: 5300, final: 'none' });
    await call.until(15_300);
    expect(call.timeline.slice(5)).toEqual([
      '5300 interrupted',
      '5300 clear',
      '7300 listening',
      '15300 reprompting',
      '15300 voice: Are you there?',
    ]);
    expect(call.history.at(-1)).toEqual({ role: 'assistant', text: 'The hotel was built', interrupted: true });
  });
});

describe('a tool, to the millisecond', () => {
  it('is bridged with a filler after 700 ms when nothing was said', async () => {
    const call = await callOnClock({
      answers: [answerWithTool('look_up'), answer('It is free.')],
      toolMs: 5000,
    }).listening();
    call.caller.says('a table', { from: 500, to: 2500 });
    await call.until(9000);
    expect(call.timeline.slice(2)).toEqual([
      '3000 tool look_up',
      '3700 voice: One moment, please.',
      '3900 speaking',
      '3900 sound',
      '5800 thinking',
      '5800 silence',
      '8000 tool look_up returns',
      '8000 model asked',
      '8300 voice: It is free.',
      '8500 speaking',
      '8500 sound',
    ]);
  });

  it.each([
    ['something was said before it', 'Let me check.', 5000],
    ['it returns before that', '', 699],
  ])('is not bridged when %s', async (_, words, toolMs) => {
    const call = await callOnClock({ answers: [answerWithTool('look_up', words)], toolMs }).listening();
    call.caller.says('a table', { from: 500, to: 2500 });
    await call.until(7600);
    expect(call.timeline.filter((line) => line.includes('voice'))).toEqual(
      words === '' ? [] : ['3000 voice: Let me check.'],
    );
  });
});

describe('a disclosure, to the millisecond since the start', () => {
  it('is said to its end, and whoever spoke meanwhile is answered right behind it', async () => {
    const brief = { script: { ...BRIEF.script, disclosure: ['This call is recorded.'] } };
    const call = callOnClock({ answers: [answer('From seven.')], brief });
    call.caller.says('when is breakfast', { from: 500, to: 1000 });
    call.send(1500, { type: 'line.dtmf', digit: '0' });
    await call.until(3000);
    expect(call.timeline).toEqual([
      '0 disclosing',
      '0 recogniser opened',
      '0 voice: This call is recorded.',
      '200 sound',
      '2400 thinking',
      '2400 model asked',
      '2400 silence',
      '2700 voice: From seven.',
      '2900 speaking',
      '2900 sound',
    ]);
    expect(call.history).toEqual([
      { role: 'assistant', text: 'This call is recorded.' },
      { role: 'user', text: 'when is breakfast' },
    ]);
  });
});

describe('an operator, to the millisecond', () => {
  it('silences the agent, speaks, and hands back what the caller said meanwhile', async () => {
    const call = await callWith(answer(TEN_SECONDS), answer('You are welcome.'));
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.send(5300, { type: 'operator.takeOver' });
    call.send(6000, { type: 'operator.say', text: 'The manager comes.' });
    call.caller.says('thank you', { from: 8500, to: 9000 });
    call.send(10_000, { type: 'operator.handBack' });
    await call.until(11_000);
    expect(call.timeline.slice(5)).toEqual([
      '5300 attended',
      '5300 clear',
      '6000 voice: The manager comes.',
      '6200 sound',
      '8000 silence',
      '10000 thinking',
      '10000 model asked',
      '10300 voice: You are welcome.',
      '10500 speaking',
      '10500 sound',
    ]);
    expect(call.requests[1]?.history.slice(2)).toEqual([
      { role: 'assistant', text: 'The hotel was built', interrupted: true },
      { role: 'assistant', text: 'The manager comes.' },
      { role: 'user', text: 'thank you' },
    ]);
  });

  it('who does nothing for 120 s is gone', async () => {
    const call = await callWith();
    call.send(1000, { type: 'operator.takeOver' });
    await call.until(121_000);
    expect(call.timeline).toEqual(['1000 attended', '121000 listening']);
  });
});

describe.each([
  ['greeting', 1000],
  ['prompts', 12_000],
  ['speaking', 6000],
] as const)('speech and keys have a switch each while the agent has the floor of %s', (floor, at) => {
  /** Since the start: greeting from 200 to 2700, then a reprompt from 10,900 to 12,300, or an answer from 5400 on. */
  const call = (changes: Partial<typeof DEFAULT_FLOOR>, setting: CallSetting = {}) => {
    const made = callOnClock({
      ...setting,
      answers: [answer(TEN_SECONDS)],
      brief: { bargeIn: { ...DEFAULT_BARGE_IN, [floor]: { ...DEFAULT_FLOOR, ...changes } } },
    });
    if (floor === 'speaking') made.caller.says('tell me', { from: 3000, to: 4700 });
    made.caller.says('stop please', { from: at, to: at, interim: at, final: 'none' });
    made.send(at + 100, { type: 'line.dtmf', digit: '0' });
    return made;
  };
  const cuts = (timeline: readonly string[]) => timeline.filter((line) => /clear|interrupted|transferring/.test(line));

  it.each([
    ['speech', { keys: false }, [`${at} interrupted`, `${at} clear`, `${at + 100} transferring`]],
    ['keys', { speech: false }, [`${at + 100} transferring`, `${at + 100} clear`]],
    ['nothing', { speech: false, keys: false }, []],
  ])('so that only %s may take it', async (_, changes, expected) => {
    const made = call(changes);
    await made.until(at + 150);
    expect(cuts(made.timeline)).toEqual(expected);
  });
});

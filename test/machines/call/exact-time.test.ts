import { describe, expect, it } from '@jest/globals';
import { GREETED } from '../../support/call-on-paper.ts';
import { callOnClock, callWith } from '../../support/on-clock/call.ts';
import { answer, answerWithTool } from '../../support/on-clock/model.ts';
import { TEN_SECONDS } from '../../support/on-clock/voice.ts';

/*
 * The production chart with its real actors and the real playout; model, voice, recogniser and carrier are scripted on a
 * virtual clock. All times are ms since the greeting was heard and the call began to listen.
 *
 * Unless a case says otherwise an end of turn is told 200 ms after the speech, the model needs 100 ms to its first word and
 * 300 ms to its last, the voice 200 ms to its first byte, and each character sounds for 100 ms.
 */

describe('a call, to the millisecond', () => {
  it('is cut at the first interim of an interruption, keeps what was heard, and answers at the end of that turn', async () => {
    const call = await callWith(answer(TEN_SECONDS), answer('Of course.'));
    call.caller.says('tell me about the hotel', { from: 500, to: 2500 });
    call.caller.says('stop please', { from: 5000, to: 6000, interim: 5300 });
    await call.until(7000);
    expect(call.timeline).toEqual([
      '2700 thinking',
      '2700 model asked',
      `3000 voice: ${TEN_SECONDS}`,
      '3200 speaking',
      '3200 sound',
      '5300 interrupted',
      '5300 clear',
      '6200 thinking',
      '6200 model asked',
      '6500 voice: Of course.',
      '6700 speaking',
      '6700 sound',
    ]);
    // 2,100 ms are 21 characters, and the last word was not heard to its end.
    expect(call.requests[1]?.history).toEqual([
      GREETED,
      { role: 'user', text: 'tell me about the hotel' },
      { role: 'assistant', text: 'The hotel was built', interrupted: true },
      { role: 'user', text: 'stop please' },
    ]);
    expect(call.heard()).toBe('The hotel was built bOf ');
  });

  it('answers both halves of a turn at once when the caller speaks on while it thinks', async () => {
    const call = await callWith(answer('For how many?'), answer('It is heated.'));
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('about the pool', { from: 2550, to: 4000 });
    await call.until(4650);
    expect(call.timeline).toEqual([
      '2700 thinking',
      '2700 model asked',
      '2850 listening',
      '2850 model stopped',
      '4200 thinking',
      '4200 model asked',
      '4500 voice: It is heated.',
    ]);
    expect(call.history).toEqual([GREETED, { role: 'user', text: 'tell me about the pool' }]);
    expect(call.requests[1]?.history).toEqual(call.history);
  });

  it('never speaks, and never remembers, a second sentence when it was interrupted in the first', async () => {
    const call = await callWith([
      [100, { type: 'text', text: 'The hotel was built by a king. ' }],
      [300, { type: 'text', text: 'It ' }],
      [3000, { type: 'text', text: 'burned down once.' }],
      [3000, { type: 'finish', reason: 'stop' }],
    ]);
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('stop please', { from: 5000, to: 6000 });
    await call.until(6000);
    expect(call.timeline).toEqual([
      '2700 thinking',
      '2700 model asked',
      '3000 voice: The hotel was built by a king.',
      '3200 speaking',
      '3200 sound',
      '5300 interrupted',
      '5300 model stopped',
      '5300 clear',
    ]);
    expect(call.history.at(-1)).toEqual({ role: 'assistant', text: 'The hotel was built', interrupted: true });
  });

  it('forgets a second sentence that was already on its way when it was interrupted in the first', async () => {
    const call = await callWith(answer('The hotel was built by a king. It burned down once.'));
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('stop please', { from: 5000, to: 6000 });
    await call.until(6000);
    expect(call.timeline.slice(2)).toEqual([
      '3000 voice: The hotel was built by a king.',
      '3000 voice: It burned down once.',
      '3200 speaking',
      '3200 sound',
      '5300 interrupted',
      '5300 clear',
    ]);
    expect(call.history.at(-1)).toEqual({ role: 'assistant', text: 'The hotel was built', interrupted: true });
    expect(call.heard()).toBe('The hotel was built b');
  });

  it('thinks, and never listens, between the words before a tool and those behind it', async () => {
    const call = await callWith(answerWithTool('book_table', 'Let me check.'), answer('The table is booked.'));
    call.caller.says('a table for two', { from: 500, to: 2500 });
    await call.until(8000);
    expect(call.timeline).toEqual([
      '2700 thinking',
      '2700 model asked',
      '3000 voice: Let me check.',
      '3000 tool book_table',
      '3200 speaking',
      '3200 sound',
      '4500 thinking',
      '4500 silence',
      '5000 tool book_table returns',
      '5000 model asked',
      '5300 voice: The table is booked.',
      '5500 speaking',
      '5500 sound',
      '7500 listening',
      '7500 silence',
    ]);
    expect(call.history.slice(2)).toEqual([
      { role: 'toolCall', id: 'book_table', name: 'book_table', arguments: '{}' },
      { role: 'toolResult', id: 'book_table', result: '{"ok":true}' },
      { role: 'assistant', text: 'Let me check. The table is booked.' },
    ]);
  });

  it('pads, plays and acknowledges an answer that is shorter than one frame', async () => {
    const call = await callOnClock({ answers: [answer('Yes.')], voice: { msPerCharacter: 1 } }).listening();
    call.caller.says('is it open', { from: 500, to: 2500 });
    await call.until(4000);
    expect(call.timeline.slice(2)).toEqual([
      '3000 voice: Yes.',
      '3200 speaking',
      '3200 sound',
      '3220 listening',
      '3220 silence',
    ]);
    expect(call.heard()).toBe('Yes.(128 bytes of silence)');
    expect(call.history.at(-1)).toEqual({ role: 'assistant', text: 'Yes.' });
  });

  it('can be interrupted after the model and the voice have finished, until the last sound was heard', async () => {
    const call = await callWith(answer('It is on the roof. It is heated.'));
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('stop please', { from: 6000, to: 7000, interim: 6299 });
    await call.until(6400);
    // 18 and 13 characters would have sounded until 6300.
    expect(call.timeline).toEqual([
      '2700 thinking',
      '2700 model asked',
      '3000 voice: It is on the roof.',
      '3000 voice: It is heated.',
      '3200 speaking',
      '3200 sound',
      '6299 interrupted',
      '6299 clear',
    ]);
    expect(call.history.at(-1)).toEqual({ role: 'assistant', text: 'It is on the roof. It is', interrupted: true });
    expect(call.heard()).toBe('It is on the roof.It is heated(792 bytes of .)');
  });

  it('stays silent when it is interrupted before its first sound', async () => {
    const call = await callWith(answer('For how many?'));
    call.caller.says('a table', { from: 500, to: 2500 });
    call.caller.says('for two please', { from: 2800, to: 4000 });
    await call.until(4200);
    expect(call.timeline).toEqual([
      '2700 thinking',
      '2700 model asked',
      '3000 voice: For how many?',
      '3100 listening',
      '4200 thinking',
      '4200 model asked',
    ]);
    expect(call.requests[1]?.history).toEqual([GREETED, { role: 'user', text: 'a table for two please' }]);
  });

  it('is interrupted once in 400 ms', async () => {
    const call = await callWith(answer(TEN_SECONDS), answer(TEN_SECONDS, { first: 10, all: 20 }));
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('stop please', { from: 5000, to: 5200, interim: 5300, final: 5350 });
    call.caller.tells(5600, { type: 'caller.speechStarted' });
    for (const at of [5610, 5699, 5701]) call.caller.tells(at, { type: 'caller.interim', text: 'no, the pool' });
    await call.until(6000);
    expect(call.timeline.slice(5)).toEqual([
      '5300 interrupted',
      '5300 clear',
      '5350 thinking',
      '5350 model asked',
      `5370 voice: ${TEN_SECONDS}`,
      '5570 speaking',
      '5570 sound',
      '5701 interrupted',
      '5701 clear',
    ]);
  });

  it('says its goodbye to the end, whatever the caller says', async () => {
    const call = await callWith(answerWithTool('end_call', 'Good night.'));
    call.caller.says('that is all', { from: 500, to: 2500 });
    call.caller.says('wait a moment', { from: 4600, to: 5100 });
    await call.until(6000);
    expect(call.timeline.slice(2)).toEqual([
      '3000 voice: Good night.',
      '3200 speaking',
      '3200 sound',
      '4300 closing',
      '4300 voice: Goodbye.',
      '4300 silence',
      '4500 sound',
      '5300 ended',
      '5300 silence',
    ]);
    expect(call.output).toEqual({ reason: 'agent-hung-up', next: { verb: 'hangUp' } });
  });

  it('does not hang up when the words before the goodbye were interrupted', async () => {
    const call = await callWith(answerWithTool('end_call', 'Good night.'), answer('Of course.'));
    call.caller.says('that is all', { from: 500, to: 2500 });
    call.caller.says('wait a moment', { from: 3200, to: 4000, interim: 3700 });
    await call.until(8000);
    expect(call.timeline.slice(5)).toEqual([
      '3700 interrupted',
      '3700 clear',
      '4200 thinking',
      '4200 model asked',
      '4500 voice: Of course.',
      '4700 speaking',
      '4700 sound',
      '5700 listening',
      '5700 silence',
    ]);
  });

  it('hands the caller over behind the last sound of the announcement when 0 is pressed', async () => {
    const call = await callWith(answer(TEN_SECONDS));
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.send(5300, { type: 'line.dtmf', digit: '0' });
    await call.until(8000);
    expect(call.timeline.slice(5)).toEqual([
      '5300 transferring',
      '5300 clear',
      '5300 voice: I am connecting you.',
      '5500 sound',
      '7500 ended',
      '7500 transfer +14155550100',
      '7500 silence',
    ]);
    expect(call.history.slice(2)).toEqual([
      { role: 'assistant', text: 'The hotel was built', interrupted: true },
      { role: 'assistant', text: 'I am connecting you.' },
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { GREETED } from '../../support/call-on-paper.ts';
import { callOnClock, callWith } from '../../support/on-clock/call.ts';
import { answer } from '../../support/on-clock/model.ts';
import { TEN_SECONDS } from '../../support/on-clock/voice.ts';

/*
 * Orders of start, interim, eager, resumed and end, and a recogniser that comes and goes. All times are ms since the call
 * began to listen; how long model, voice and sound take is told in `exact-time.test.ts`.
 */

describe('an answer to a guess, to the millisecond', () => {
  it('is heard when it is ready, where the turn ended before that', async () => {
    const call = await callWith(answer('From seven.'));
    call.caller.says('when is breakfast', { from: 500, to: 2500, eager: 2600, final: 2850 });
    await call.until(4500);
    expect(call.timeline).toEqual([
      '2600 speculating',
      '2600 model asked',
      '2850 thinking',
      '2900 voice: From seven.',
      '3100 speaking',
      '3100 sound',
      '4200 listening',
      '4200 silence',
    ]);
    expect(call.history).toEqual([
      GREETED,
      { role: 'user', text: 'when is breakfast' },
      { role: 'assistant', text: 'From seven.' },
    ]);
  });

  it('is heard from its beginning as the turn ends, where it was ready before that', async () => {
    const call = await callOnClock({
      answers: [answer('From seven.', { first: 20, all: 50 })],
      voice: { firstByte: 100 },
    }).listening();
    call.caller.says('when is breakfast', { from: 500, to: 2500, eager: 2600, final: 2850 });
    await call.until(4500);
    expect(call.timeline).toEqual([
      '2600 speculating',
      '2600 model asked',
      '2650 voice: From seven.',
      '2850 thinking',
      '2850 speaking',
      '2850 sound',
      '3950 listening',
      '3950 silence',
    ]);
    expect(call.heard()).toBe('From seven.');
  });

  it('was never there when the caller goes on: one request has all of the turn', async () => {
    const call = await callWith(answer('For how many?', { first: 20, all: 50 }), answer('At what time?'));
    call.caller.says('a table', { from: 500, to: 2500, eager: 2600, final: 'none' });
    call.caller.tells(2900, { type: 'caller.turnResumed' });
    call.caller.tells(2900, { type: 'caller.interim', text: 'a table for' });
    call.caller.says('a table for two', { from: 2900, to: 3300, interim: 'none' });
    await call.until(4500);
    expect(call.timeline).toEqual([
      '2600 speculating',
      '2600 model asked',
      '2650 voice: For how many?',
      '2900 listening',
      '3500 thinking',
      '3500 model asked',
      '3800 voice: At what time?',
      '4000 speaking',
      '4000 sound',
    ]);
    expect(call.requests.map(({ history }) => history.slice(1))).toEqual([
      [{ role: 'user', text: 'a table' }],
      [{ role: 'user', text: 'a table for two' }],
    ]);
    expect(call.history.slice(1)).toEqual([{ role: 'user', text: 'a table for two' }]);
  });

  it('is stopped in the middle of the model, too', async () => {
    const call = await callWith(answer('For how many?'), answer('At what time?'));
    call.caller.says('a table', { from: 500, to: 2500, eager: 2600, final: 'none' });
    call.caller.tells(2700, { type: 'caller.turnResumed' });
    call.caller.says('a table for two', { from: 2700, to: 3300, interim: 'none' });
    await call.until(3600);
    expect(call.timeline).toEqual([
      '2600 speculating',
      '2600 model asked',
      '2700 listening',
      '2700 model stopped',
      '3500 thinking',
      '3500 model asked',
    ]);
  });

  it('is the answer when the recogniser is lost: nobody will tell the end of that turn', async () => {
    const call = await callWith(answer('From seven.'));
    call.caller.says('when is breakfast', { from: 500, to: 2500, eager: 2600, final: 'none' });
    call.caller.isLost(2700);
    await call.until(3300);
    expect(call.timeline).toEqual([
      '2600 speculating',
      '2600 model asked',
      '2700 thinking',
      '2900 voice: From seven.',
      '3100 speaking',
      '3100 sound',
      '3200 recogniser opened',
    ]);
    expect(call.history.slice(1)).toEqual([{ role: 'user', text: 'when is breakfast' }]);
  });
});

describe('the end of a turn, to the millisecond', () => {
  it('cuts and is answered at once when no interim came before it', async () => {
    const call = await callWith(answer(TEN_SECONDS), answer('It is heated.'));
    call.caller.says('tell me', { from: 500, to: 2500 });
    call.caller.says('and the pool', { from: 5000, to: 5100, interim: 'none', final: 5300 });
    await call.until(6000);
    expect(call.timeline.slice(5)).toEqual([
      '5300 interrupted',
      '5300 thinking',
      '5300 clear',
      '5300 model asked',
      '5600 voice: It is heated.',
      '5800 speaking',
      '5800 sound',
    ]);
    expect(call.requests[1]?.history.slice(2)).toEqual([
      { role: 'assistant', text: 'The hotel was built', interrupted: true },
      { role: 'user', text: 'and the pool' },
    ]);
  });

  it('that comes late, behind that of its first half, makes one turn of both', async () => {
    const call = await callWith(answer('For how many?'), answer('At what time?'));
    call.caller.says('a table', { from: 500, to: 2500 });
    call.caller.says('for two', { from: 2600, to: 2650, interim: 'none', final: 2750 });
    await call.until(3300);
    expect(call.timeline).toEqual([
      '2700 thinking',
      '2700 model asked',
      '2750 model stopped',
      '2750 model asked',
      '3050 voice: At what time?',
      '3250 speaking',
      '3250 sound',
    ]);
    expect(call.history.slice(1)).toEqual([{ role: 'user', text: 'a table for two' }]);
  });

  it('is awaited anew when the recogniser was lost in the middle of the turn, and no word is lost', async () => {
    const call = await callWith(answer('At what time?'));
    call.caller.says('a table', { from: 500, to: 1500, final: 'none' });
    call.caller.isLost(1000);
    call.caller.says('for two', { from: 2000, to: 3000 });
    await call.until(3800);
    expect(call.timeline).toEqual([
      '1500 recogniser opened',
      '3200 thinking',
      '3200 model asked',
      '3500 voice: At what time?',
      '3700 speaking',
      '3700 sound',
    ]);
    expect(call.history.slice(1)).toEqual([{ role: 'user', text: 'a table for two' }]);
  });

  it('is what was understood when the recogniser was lost and nobody says more for 2 s', async () => {
    const call = await callWith(answer('At what time?'));
    call.caller.says('a table', { from: 500, to: 900, final: 'none' });
    call.caller.isLost(1000);
    await call.until(3600);
    expect(call.timeline).toEqual([
      '1500 recogniser opened',
      '3000 thinking',
      '3000 model asked',
      '3300 voice: At what time?',
      '3500 speaking',
      '3500 sound',
    ]);
    expect(call.history.slice(1)).toEqual([{ role: 'user', text: 'a table' }]);
  });
});

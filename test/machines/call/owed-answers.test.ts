import { describe, expect, it } from '@jest/globals';
import { callOnPaper } from '../../support/call-on-paper.ts';

type Paper = ReturnType<typeof callOnPaper>;

/** A turn that ended in one word with the agent's, before anything sounded: playout has nothing to report of the cut. */
const settling = (): Paper => {
  const call = callOnPaper();
  call.ends('when is breakfast');
  expect(call.state).toBe('interrupted.settling');
  return call;
};

describe('a caller who goes on at once after a turn that cut the agent', () => {
  it('is not answered before he has ended; both turns are one', () => {
    const call = settling();
    call.starts();
    expect(call.state).toBe('listening.speakingOn');
    call.clock.advance(100);
    expect(call.state).toBe('listening.speakingOn');
    call.ends('on sundays');
    expect(call.context.history).toEqual([{ role: 'user', text: 'when is breakfast on sundays' }]);
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('is not forgotten when only the end of it is told', () => {
    const call = settling();
    call.ends('');
    call.ends('on sundays');
    call.clock.advance(100);
    expect(call.context.history).toEqual([{ role: 'user', text: 'when is breakfast on sundays' }]);
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });
});

describe('the key * does not cost the caller an answer', () => {
  it.each([
    ['thinks', (call: Paper) => call.caller('when is breakfast'), 'responding.thinking.committed.drafting.writing'],
    [
      'has words and no sound yet',
      (call: Paper) => {
        call.caller('when is breakfast');
        call.sentence('From seven.');
      },
      'responding.thinking.committed.synthesising',
    ],
    [
      'answers a guess',
      (call: Paper) => call.say({ type: 'caller.eagerEndOfTurn', text: 'when is breakfast' }),
      'responding.thinking.speculating',
    ],
    [
      'lets him speak on',
      (call: Paper) => {
        call.caller('when is breakfast');
        call.starts();
      },
      'listening.speakingOn',
    ],
    [
      'waits whether the recogniser was lost in the middle of his turn',
      (call: Paper) => {
        call.starts();
        call.interim('when is breakfast');
        call.say({ type: 'recognition.lost', failure: { code: 'network', message: 'lost', retryable: true } });
      },
      'listening.cutShort',
    ],
  ])('while the agent %s', (_, begin, state) => {
    const call = callOnPaper().listening();
    begin(call);
    call.told();
    call.press('*');
    expect([call.state, call.told()]).toEqual([state, []]);
    call.press('0');
    expect(call.state).toBe('transferring.announcing.preparing');
  });

  it('while it is not known yet what was heard before his words', () => {
    const call = settling();
    call.told();
    call.press('*');
    expect([call.state, call.told()]).toEqual(['interrupted.settling', []]);
    call.press('0');
    expect(call.state).toBe('transferring.announcing.preparing');
  });
});

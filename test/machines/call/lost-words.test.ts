import { describe, expect, it } from '@jest/globals';
import { BRIEF, callOnPaper } from '../../support/call-on-paper.ts';

const failure = { code: 'network', message: 'the socket broke', retryable: true } as const;
const userTurns = (call: ReturnType<typeof callOnPaper>) =>
  call.context.history.flatMap((message) => (message.role === 'user' ? [message.text] : []));

describe('the recogniser is lost in the middle of an utterance', () => {
  it('and what it had understood is a turn, when no more words follow', () => {
    const call = callOnPaper().listening();
    call.starts();
    call.interim('a table for two');
    call.say({ type: 'recognition.lost', failure });
    expect([call.state, userTurns(call)]).toEqual(['listening.cutShort', ['a table for two']]);
    call.clock.advance(2000);
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it.each([
    ['listening', () => callOnPaper().listening()],
    ['taking the floor', () => callOnPaper().speaking('tell me', 'The hotel was built by a king.')],
  ])('and the rest of it, heard later, belongs to the same turn (%s)', (_, begin) => {
    const call = begin();
    call.willHaveHeard({ sentences: 1 });
    call.starts();
    call.interim('I need a doctor');
    call.say({ type: 'recognition.lost', failure });
    call.say({ type: 'recognition.live' });
    call.starts();
    expect(call.state).toBe('listening.speakingOn');
    call.interim('right now');
    call.ends('right now');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(userTurns(call).at(-1)).toBe('I need a doctor right now');
  });

  it('and so does the second half of a turn that was spoken on', () => {
    const call = callOnPaper().listening();
    call.caller('a table');
    call.starts();
    call.interim('for two');
    call.say({ type: 'recognition.lost', failure });
    expect([call.state, userTurns(call)]).toEqual(['listening.cutShort', ['a table for two']]);
    call.ends('');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('but a murmur is nothing to answer', () => {
    const call = callOnPaper().listening();
    call.starts();
    call.interim('mm');
    call.say({ type: 'recognition.lost', failure });
    expect([call.state, userTurns(call)]).toEqual(['listening.quiet', []]);
  });

  it('and what it believed to be the whole turn counts, when it had thought better of the end', () => {
    const call = callOnPaper().listening();
    call.starts();
    call.interim('a table');
    call.say({ type: 'caller.eagerEndOfTurn', text: 'a table for two' });
    call.say({ type: 'caller.turnResumed' });
    call.say({ type: 'recognition.lost', failure });
    expect([call.state, userTurns(call)]).toEqual(['listening.cutShort', ['a table for two']]);
  });

  it('and what was said into the disclosure is answered behind it', () => {
    const call = callOnPaper({ script: { ...BRIEF.script, disclosure: ['This call is recorded.'] } });
    call.started();
    call.starts();
    call.interim('I need a doctor');
    call.say({ type: 'recognition.lost', failure });
    expect([call.state, userTurns(call)]).toEqual(['disclosing.reciting.sounding', []]);
    call.ends('right now');
    call.played();
    expect([call.state, userTurns(call)]).toEqual([
      'responding.thinking.committed.drafting.writing',
      ['I need a doctor right now'],
    ]);
  });

  it.each([
    ['an operator who has the call', false],
    ['the line of an operator who has the call', true],
  ])('and what was said to %s is answered when the agent has it back', (_, saying) => {
    const call = callOnPaper().listening();
    call.say({ type: 'operator.takeOver' });
    if (saying) call.say({ type: 'operator.say', text: 'The manager is on her way.' });
    call.starts();
    call.interim('I need a doctor');
    call.say({ type: 'recognition.lost', failure });
    call.starts();
    call.interim('mm');
    call.say({ type: 'recognition.lost', failure });
    if (saying) call.played();
    expect([call.state, userTurns(call)]).toEqual(['attended.waiting', ['I need a doctor']]);
    call.say({ type: 'operator.handBack' });
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('and a murmur into the disclosure is nothing to answer', () => {
    const call = callOnPaper({ script: { ...BRIEF.script, disclosure: ['This call is recorded.'] } });
    call.starts();
    call.interim('mm');
    call.say({ type: 'recognition.lost', failure });
    call.played();
    expect([call.state, userTurns(call)]).toEqual(['greeting.preparing', []]);
  });
});

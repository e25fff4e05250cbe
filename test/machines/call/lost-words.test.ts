import { describe, expect, it } from '@jest/globals';
import { callOnPaper } from '../../support/call-on-paper.ts';

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
});

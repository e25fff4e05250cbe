import { describe, expect, it } from '@jest/globals';
import { callOnPaper } from '../../support/call-on-paper.ts';

const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const TOOL = { id: 't1', name: 'book_table', arguments: '{}' } as const;
type Paper = ReturnType<typeof callOnPaper>;

/** The agent said "Let me check.", the caller heard it, and a tool is at work. */
function checking(): Paper {
  const call = callOnPaper().listening();
  call.caller('book a table');
  call.sentence('Let me check.');
  call.started();
  call.say({ type: 'reply.toolCalled', epoch: call.epoch(), ...TOOL });
  call.heard(0);
  call.say({ type: 'playout.starved', epoch: call.epoch() });
  expect(call.state).toBe('responding.thinking.committed.drafting.usingTool');
  return call;
}
const roles = (call: Paper) => call.context.history.map(({ role }) => role);

describe('a tool call', () => {
  it('that is interrupted gets its one result, before anything that follows', () => {
    const call = callOnPaper().listening();
    call.caller('book a table');
    call.say({ type: 'reply.toolCalled', epoch: call.epoch(), ...TOOL });
    call.caller('for two');
    expect(call.context.history.slice(2)).toEqual([
      { role: 'toolCall', ...TOOL },
      { role: 'toolResult', id: 't1', result: '{"error":"interrupted; whether it was carried out is not known"}' },
      { role: 'user', text: 'for two' },
    ]);
  });

  it('that was answered is not answered again', () => {
    const call = callOnPaper().listening();
    call.caller('book a table');
    call.say({ type: 'reply.toolCalled', epoch: call.epoch(), ...TOOL });
    call.say({ type: 'reply.toolReturned', epoch: call.epoch(), id: 't1', result: '{"ok":true}' });
    call.caller('for two');
    expect(roles(call)).toEqual(['assistant', 'user', 'toolCall', 'toolResult', 'user']);
  });
});

describe('an answer is still owed when the caller only coughed', () => {
  it('and no tool is asked twice for it', () => {
    const call = checking();
    call.starts();
    call.ends('');
    expect(call.state).toBe('responding.thinking.committed.drafting.usingTool');
    call.interim('no wait');
    expect(call.state).toBe('listening.speakingOn');
  });

  it('after a tool had answered', () => {
    const call = checking();
    call.say({ type: 'reply.toolReturned', epoch: call.epoch(), id: 't1', result: '{}' });
    call.willHaveHeard({ sentences: 1 });
    call.starts();
    expect(call.alive()).toEqual(['playout', 'recogniser']);
    call.ends('');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('and when the recogniser was lost before the cough ended', () => {
    const call = callOnPaper().listening();
    call.caller('when is breakfast');
    call.starts();
    call.say({ type: 'recognition.lost', failure });
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });
});

describe('words between two parts of an answer', () => {
  it('stand behind what was heard before them', () => {
    const call = checking();
    call.say({ type: 'reply.toolReturned', epoch: call.epoch(), id: 't1', result: '{}' });
    call.willHaveHeard({ sentences: 1 });
    call.ends('for two please');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(call.context.history.slice(-2)).toEqual([
      { role: 'assistant', text: 'Let me check.' },
      { role: 'user', text: 'for two please' },
    ]);
  });

  it('are followed by an apology when the model fails there', () => {
    const call = checking();
    call.willHaveHeard({ sentences: 1 });
    call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
    expect(call.state).toBe('apologising.reciting.preparing');
    expect(call.context.history.at(-1)).toEqual({ role: 'assistant', text: 'Let me check.' });
  });
});

describe('a voice that never says that it has finished', () => {
  it.each([
    ['the mark comes first', ['heard', 'starved']],
    ['the silence comes first', ['starved', 'heard']],
  ])('keeps nobody waiting: %s', (_, order) => {
    const call = callOnPaper().speaking('a human please', 'Of course.');
    for (const what of order)
      if (what === 'heard') call.heard(0);
      else call.say({ type: 'playout.starved', epoch: call.epoch() });
    expect(call.state).toBe('listening.quiet');
    expect(call.context.history.at(-1)).toEqual({ role: 'assistant', text: 'Of course.' });
  });

  it('nor when the model ends without another word', () => {
    const call = checking();
    call.say({ type: 'reply.toolReturned', epoch: call.epoch(), id: 't1', result: '{}' });
    call.finished('hangUp');
    expect(call.state).toBe('closing');
    expect(call.context.history.at(-1)).toEqual({ role: 'assistant', text: 'Let me check.' });
  });
});

describe('a script whose voice brings no sound', () => {
  it('hands the caller to the carrier after 4 s', () => {
    const call = callOnPaper();
    call.clock.advance(3999);
    expect(call.state).toBe('greeting.preparing');
    call.clock.advance(1);
    expect(call.output).toEqual({ reason: 'voice-failed', next: { verb: 'dial', number: '+14155550100' } });
  });

  it('does not delay a hand-over', () => {
    const call = callOnPaper().listening();
    call.press('0');
    call.clock.advance(4000);
    expect(call.state).toBe('transferring.connecting');
  });

  it('goes on after 1.5 s when it stops in the middle', () => {
    const call = callOnPaper();
    call.started();
    call.clock.advance(2500);
    expect(call.state).toBe('greeting.sounding');
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    call.clock.advance(1000);
    call.say({ type: 'playout.resumed', epoch: call.epoch() });
    call.clock.advance(1000);
    expect(call.state).toBe('greeting.sounding');
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    call.clock.advance(1500);
    expect(call.state).toBe('listening.quiet');
  });
});

describe('an interruption that seemed to mean nothing', () => {
  const resumed = () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.', 'It burned down.');
    call.willHaveHeard({ sentences: 1 });
    call.starts();
    call.interim('hang on');
    call.clock.advance(2000);
    expect(call.state).toBe('resuming.preparing');
    return call;
  };

  it('may take the floor again while its utterance goes on', () => {
    const call = resumed();
    call.interim('hang on my card is');
    expect(call.state).toBe('interrupted.hearing');
  });

  it('loses none of its words', () => {
    const call = resumed();
    call.ends('hang on my card is here');
    expect(call.state).toBe('interrupted.settling');
    call.clock.advance(100);
    expect(call.context.history.at(-1)).toEqual({ role: 'user', text: 'hang on my card is here' });
  });

  it('does not forget what was to come next', () => {
    const call = callOnPaper().listening();
    call.caller('a human please');
    call.sentence('Of course.');
    call.started();
    call.finished('transfer');
    call.willHaveHeard({ sentences: 0 });
    call.interim('hang on');
    call.clock.advance(2000);
    call.played();
    expect(call.state).toBe('transferring.announcing.preparing');
  });

  it('does not forget the rest of an answer that was not complete', () => {
    const call = callOnPaper().listening();
    call.caller('book a table');
    call.sentence('Let me check.');
    call.started();
    call.willHaveHeard({ sentences: 0 });
    call.interim('hang on');
    call.clock.advance(2000);
    call.played();
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('brings back a greeting of which nothing had sounded yet', () => {
    const call = callOnPaper();
    call.interim('hello there');
    call.clock.advance(2000);
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: ['Hello, this is the hotel.'] });
  });

  it('waits anew when the caller begins to speak', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.');
    call.willHaveHeard({ sentences: 0 });
    call.interim('hang on');
    call.clock.advance(1500);
    call.starts();
    call.clock.advance(1500);
    expect(call.state).toBe('interrupted.hearing');
  });
});

describe('a whole utterance', () => {
  it('right after an interruption is not lost', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.');
    call.caller('what about the pool');
    call.sentence('It is heated.');
    call.started();
    call.starts();
    call.ends('and the sauna');
    expect(call.state).toBe('interrupted.settling');
  });

  it('that the recogniser lost does not keep the agent silent for 30 s', () => {
    const call = callOnPaper().listening();
    call.starts();
    call.say({ type: 'recognition.lost', failure });
    expect(call.state).toBe('listening.quiet');
  });
});

describe('an emergency', () => {
  const emergency = () => {
    const call = callOnPaper().speaking('my chest hurts', 'Please stay calm.');
    call.say({ type: 'reply.emergency', epoch: call.epoch(), phrase: 'call an ambulance' });
    return call;
  };
  const DIALLED = { verb: 'dial', number: '+14155550911' };

  it('is handed over also when nobody can hear the caller any more', async () => {
    const call = emergency();
    call.say({ type: 'recognition.failed', failure });
    expect(call.state).toBe('transferring.connecting');
    await call.carrierAnswers({ ok: false, failure });
    expect(call.output).toEqual({ reason: 'emergency', next: DIALLED });
  });

  it('is dialled by the carrier when the line drops before the answer', () => {
    const call = emergency();
    call.say({ type: 'line.dropped' });
    call.clock.advance(1000);
    expect(call.output).toEqual({ reason: 'line-dropped', next: DIALLED });
  });
});

describe('a hand-over that failed', () => {
  const declining = async () => {
    const call = callOnPaper().listening();
    call.press('0');
    call.played();
    await call.carrierAnswers({ ok: false, failure });
    return call;
  };

  it('leaves keys and operator their power', async () => {
    const call = await declining();
    call.press('0');
    expect(call.state).toBe('transferring.announcing.preparing');
    const other = await declining();
    other.say({ type: 'operator.hangUp' });
    expect(other.state).toBe('closing');
  });

  it('ends the call when nobody can hear the caller any more', async () => {
    const call = callOnPaper().listening();
    call.press('0');
    call.say({ type: 'recognition.failed', failure });
    call.played();
    await call.carrierAnswers({ ok: false, failure });
    call.played();
    expect(call.output).toEqual({ reason: 'recognition-failed', next: { verb: 'dial', number: '+14155550100' } });
  });
});

import { describe, expect, it } from '@jest/globals';
import { UNINTELLIGIBLE } from '../../../machines/call/events.ts';
import { callOnPaper } from '../../support/call-on-paper.ts';

const failure = { code: 'unavailable', message: 'down', retryable: false } as const;

describe('a turn', () => {
  it('greets, then listens when the last mark of the greeting came back', () => {
    const call = callOnPaper();
    expect(call.state).toBe('greeting.preparing');
    expect(call.told()).toEqual([
      { type: 'playout.start' },
      { type: 'recogniser.start' },
      { type: 'voice.start', sentences: ['Hello, this is the hotel.'] },
    ]);
    call.played();
    expect(call.state).toBe('listening.quiet');
    expect(call.context.history).toEqual([{ role: 'assistant', text: 'Hello, this is the hotel.' }]);
    expect(call.alive()).toEqual(['playout', 'recogniser']);
  });

  it('thinks, speaks each sentence as it comes, and listens when all was heard', () => {
    const call = callOnPaper().listening();
    call.starts();
    expect(call.state).toBe('listening.hearing');
    call.interim('when is');
    call.ends('when is breakfast');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    call.sentence('From seven.');
    expect(call.state).toBe('responding.thinking.committed.synthesising');
    call.started();
    expect(call.state).toBe('responding.speaking.sounding');
    call.sentence('Until ten.');
    call.finished('listen', 'confirm');
    expect(call.told().map(({ type }) => type)).toEqual([
      'reply.start',
      'voice.start',
      'voice.say',
      'voice.say',
      'recogniser.expect',
      'voice.end',
    ]);
    call.heard(0);
    call.heard(1);
    call.played();
    expect(call.state).toBe('listening.quiet');
    expect(call.context.topic).toBe('confirm');
    expect(call.context.history.slice(1)).toEqual([
      { role: 'user', text: 'when is breakfast' },
      { role: 'assistant', text: 'From seven. Until ten.' },
    ]);
  });

  it('passes what was not understood to the model, and ignores a noise', () => {
    const call = callOnPaper().listening();
    call.starts();
    call.ends('');
    expect(call.state).toBe('listening.quiet');
    call.starts();
    call.ends(UNINTELLIGIBLE);
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('goes back to thinking while the model is at work and everything said was heard', () => {
    const call = callOnPaper().listening();
    call.caller('book a table');
    call.sentence('Let me check.');
    call.started();
    call.say({ type: 'reply.toolCalled', epoch: call.epoch(), id: 't1', name: 'book_table', arguments: '{}' });
    call.heard(0);
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    expect(call.state).toBe('responding.thinking.committed.drafting.usingTool');
    call.say({ type: 'reply.toolReturned', epoch: call.epoch(), id: 't1', result: '{"ok":true}' });
    call.sentence('It is booked.');
    call.say({ type: 'playout.resumed', epoch: call.epoch() });
    expect(call.state).toBe('responding.speaking.sounding');
    call.finished();
    call.played();
    expect(call.context.history.slice(2)).toEqual([
      { role: 'toolCall', id: 't1', name: 'book_table', arguments: '{}' },
      { role: 'toolResult', id: 't1', result: '{"ok":true}' },
      { role: 'assistant', text: 'Let me check. It is booked.' },
    ]);
  });

  it('thinks on when the sound ends before the last mark comes back', () => {
    const call = callOnPaper().listening();
    call.caller('book a table');
    call.sentence('Of course.');
    call.sentence('Let me check.');
    call.started();
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    call.heard(0);
    expect(call.state).toBe('responding.speaking.stalled');
    call.heard(1);
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('drops whatever a stale turn still says', () => {
    const call = callOnPaper().listening();
    call.caller('when is breakfast');
    const stale = call.epoch() - 1;
    call.say({ type: 'reply.sentence', epoch: stale, index: 0, text: 'Old.' });
    call.say({ type: 'reply.finished', epoch: stale, next: 'hangUp' });
    call.say({ type: 'playout.started', epoch: stale, atMs: 0 });
    call.say({ type: 'playout.finished', epoch: stale });
    call.say({ type: 'voice.failed', epoch: stale, failure });
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(call.context.saying).toEqual([]);
  });
});

describe('a caller who speaks on', () => {
  it('cancels the answer; both halves become one user turn', () => {
    const call = callOnPaper().listening();
    call.caller('i would like a table');
    call.sentence('For how many?');
    call.starts();
    expect(call.state).toBe('listening.speakingOn');
    expect(call.alive()).toEqual(['playout', 'recogniser']);
    call.ends('for two');
    expect(call.context.history.slice(1)).toEqual([{ role: 'user', text: 'i would like a table for two' }]);
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('still gets the answer when it was only a noise', () => {
    const call = callOnPaper().listening();
    call.caller('when is breakfast');
    call.starts();
    call.ends('');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(call.told().filter(({ type }) => type === 'reply.start')).toHaveLength(2);
  });

  it('is merged also when a late end of turn comes without a word before', () => {
    const call = callOnPaper().listening();
    call.caller('a table');
    const before = call.epoch();
    call.ends('for two please');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(call.epoch()).toBeGreaterThan(before);
    expect(call.context.history.at(-1)).toEqual({ role: 'user', text: 'a table for two please' });
  });
});

describe('silence', () => {
  it('is asked about twice, then ends the call with a goodbye', () => {
    const call = callOnPaper().listening();
    call.clock.advance(7999);
    expect(call.state).toBe('listening.quiet');
    call.clock.advance(1);
    expect(call.state).toBe('reprompting.preparing');
    expect(call.told()).toEqual([{ type: 'voice.start', sentences: ['Are you there?'] }]);
    call.played();
    call.clock.advance(8000);
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: ['Can you hear me?'] });
    call.played();
    call.clock.advance(8000);
    expect(call.state).toBe('closing');
    call.played();
    expect(call.state).toBe('ended');
    expect(call.output).toEqual({ reason: 'silence', next: { verb: 'hangUp' } });
    expect([call.alive(), call.clock.pending]).toEqual([[], 0]);
  });

  it('is forgotten when the caller says something', () => {
    const call = callOnPaper().listening();
    call.clock.advance(8000);
    call.played();
    call.caller('sorry i am here');
    expect(call.context.reprompts).toBe(0);
  });

  it('does not count while the caller is heard', () => {
    const call = callOnPaper().listening();
    call.starts();
    call.clock.advance(20_000);
    expect(call.state).toBe('listening.hearing');
    call.clock.advance(10_000);
    expect(call.state).toBe('listening.quiet');
  });
});

describe('failures', () => {
  it('apologises when the model fails before a word, and hands over the second time', () => {
    const call = callOnPaper().listening();
    for (const state of ['apologising.reciting.preparing', 'transferring.announcing.preparing']) {
      call.caller('when is breakfast');
      call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
      expect(call.state).toBe(state);
      call.played();
    }
  });

  it('closes the second time when there is no human', () => {
    const call = callOnPaper({ human: undefined as never }).listening();
    for (const state of ['apologising.reciting.preparing', 'closing']) {
      call.caller('when is breakfast');
      call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
      expect(call.state).toBe(state);
      call.played();
    }
  });

  it('says what it has when the model fails in the middle, and apologises', () => {
    const call = callOnPaper().listening();
    call.caller('when is breakfast');
    call.sentence('From seven.');
    call.started();
    call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
    expect(call.told().at(-1)).toEqual({ type: 'voice.end' });
    call.played();
    expect(call.state).toBe('apologising.reciting.preparing');
    expect(call.context.history.at(-1)).toEqual({ role: 'assistant', text: 'From seven.' });
  });

  it('apologises when the voice brings no sound in time, or stalls', () => {
    const call = callOnPaper().listening();
    call.caller('when is breakfast');
    call.sentence('From seven.');
    call.clock.advance(2000);
    expect(call.state).toBe('apologising.reciting.preparing');
    call.played();
    call.caller('when is breakfast');
    call.sentence('From seven.');
    call.started();
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    expect(call.state).toBe('responding.speaking.stalled');
    call.clock.advance(1500);
    expect(call.state).toBe('apologising.reciting.preparing');
  });

  it('does not wait for ever for a mark that was lost', () => {
    const call = callOnPaper().speaking('when is breakfast', 'It is served from seven.');
    call.clock.advance(5000 + 24 * 143 - 1);
    expect(call.state).toBe('responding.speaking.sounding');
    call.clock.advance(1);
    expect(call.state).toBe('listening.quiet');
  });

  it('ends where the voice cannot even apologise, and the carrier takes over', () => {
    const call = callOnPaper().listening();
    call.caller('when is breakfast');
    call.say({ type: 'voice.failed', epoch: call.epoch(), failure });
    call.say({ type: 'voice.failed', epoch: call.epoch(), failure });
    expect(call.output).toEqual({ reason: 'voice-failed', next: { verb: 'dial', number: '+14155550100' } });
  });

  it('ends when nobody can hear the caller any more', () => {
    const call = callOnPaper({ human: undefined as never });
    call.say({ type: 'recognition.lost', failure });
    expect(call.region('recognition')).toBe('reconnecting');
    call.say({ type: 'recognition.live' });
    expect(call.region('recognition')).toBe('live');
    call.say({ type: 'recognition.failed', failure });
    expect(call.output).toEqual({
      reason: 'recognition-failed',
      next: { verb: 'say', text: 'Sorry, the line is broken.' },
    });
  });
});

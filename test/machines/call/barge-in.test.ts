import { describe, expect, it } from '@jest/globals';
import { DEFAULT_BARGE_IN, DEFAULT_FLOOR } from '../../../machines/call/brief.ts';
import { callOnPaper } from '../../support/call-on-paper.ts';

const FIRST = { sentences: 0, partial: { sentence: 0, playedMs: 1000, lengthMs: 2000, complete: true } } as const;
const cuts = (told: readonly { type: string }[]) => told.filter(({ type }) => type === 'playout.cut').length;

describe('barge-in', () => {
  it('cuts in one step: epoch, playout, model and voice; the history keeps what was heard', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.', 'It burned down once.');
    const epoch = call.epoch();
    call.willHaveHeard(FIRST);
    call.starts();
    expect(call.state).toBe('responding.speaking.sounding');
    call.interim('stop please');
    expect(call.state).toBe('interrupted.hearing');
    expect(call.alive()).toEqual(['playout', 'recogniser']);
    expect(call.told()).toEqual([{ type: 'playout.cut', epoch: epoch + 1 }]);
    expect(call.context.history.at(-1)).toEqual({ role: 'assistant', text: 'The hotel was', interrupted: true });
    call.ends('stop please');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(call.context.history.at(-1)).toEqual({ role: 'user', text: 'stop please' });
  });

  it('does not follow noise, short sounds or back-channel, nor their end of turn', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.');
    for (const text of ['mm', 'no', 'uh-huh', 'yeah okay', 'I see.', 'mm, right, got it']) {
      call.starts();
      call.interim(text);
      call.ends(text);
      expect([text, call.state]).toEqual([text, 'responding.speaking.sounding']);
    }
    call.starts();
    call.ends('[unintelligible]');
    expect(call.state).toBe('responding.speaking.sounding');
    expect(cuts(call.told())).toBe(0);
  });

  it('happens once per utterance (latch) and at most every 400 ms (debounce)', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.');
    call.starts();
    call.interim('what about');
    expect(call.region('bargeIn')).toBe('latch.latched|debounce.cooling');
    call.ends('what about the pool');
    expect(call.region('bargeIn')).toBe('latch.open|debounce.cooling');
    call.sentence('It is heated.');
    call.started();
    call.starts();
    call.interim('stop stop');
    expect(call.state).toBe('responding.speaking.sounding');
    call.clock.advance(399);
    call.interim('stop stop now');
    expect(call.state).toBe('responding.speaking.sounding');
    call.clock.advance(1);
    call.interim('stop stop now please');
    expect(call.state).toBe('interrupted.hearing');
    expect(cuts(call.told())).toBe(2);
  });

  it('by an end of turn without an interim waits for the report of the cut, so that the history is in order', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.');
    call.willHaveHeard(FIRST);
    call.ends('and the pool');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(call.context.history.slice(-2)).toEqual([
      { role: 'assistant', text: 'The hotel was', interrupted: true },
      { role: 'user', text: 'and the pool' },
    ]);
  });

  it('goes on without the report after 100 ms', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.');
    call.ends('and the pool');
    expect(call.state).toBe('interrupted.settling');
    call.clock.advance(100);
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it('that meant nothing resumes with the sentence that was cut', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built.', 'It burned down.', 'It was built again.');
    call.willHaveHeard({ sentences: 1, partial: { sentence: 1, playedMs: 100, lengthMs: 1000, complete: true } });
    call.starts();
    call.interim('hang on');
    call.told();
    call.clock.advance(1999);
    expect(call.state).toBe('interrupted.hearing');
    call.clock.advance(1);
    expect(call.state).toBe('resuming.preparing');
    expect(call.told()).toEqual([{ type: 'voice.start', sentences: ['It burned down.', 'It was built again.'] }]);
  });

  it('waits as long as the caller goes on talking', () => {
    const call = callOnPaper().speaking('tell me', 'The hotel was built by a king.');
    call.willHaveHeard(FIRST);
    call.interim('what about');
    for (const text of ['what about the', 'what about the pool', 'what about the pool and']) {
      call.clock.advance(1500);
      call.interim(text);
    }
    expect(call.state).toBe('interrupted.hearing');
  });

  it('works after the model has finished and before the playback has ended', () => {
    const call = callOnPaper().speaking('tell me', 'One.', 'Two.');
    call.heard(0);
    call.willHaveHeard({ sentences: 1 });
    call.interim('wait a moment');
    expect(call.state).toBe('interrupted.hearing');
    expect(call.context.history.at(-1)).toEqual({ role: 'assistant', text: 'One.', interrupted: true });
  });

  it('follows the policy of the state', () => {
    const protectedGreeting = callOnPaper({
      bargeIn: { ...DEFAULT_BARGE_IN, greeting: { ...DEFAULT_FLOOR, speech: false } },
    });
    protectedGreeting.interim('hello hello');
    expect(protectedGreeting.state).toBe('greeting.preparing');
    const open = callOnPaper();
    open.interim('hello hello');
    expect(open.state).toBe('interrupted.hearing');
  });
});

import { describe, expect, it } from '@jest/globals';
import { callOnPaper } from '../../support/call-on-paper.ts';

type Paper = ReturnType<typeof callOnPaper>;
const failure = { code: 'network', message: 'down', retryable: true } as const;
const WRITING = 'responding.thinking.committed.drafting.writing';

/** The agent says its last sentence; the model has told what follows, or not yet. */
const speaking = (next?: 'listen' | 'hangUp' | 'transfer' | 'apologise'): Paper => {
  const call = callOnPaper().listening();
  call.caller('that is all');
  call.sentence('Of course.');
  if (next === 'apologise') call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
  else if (next !== undefined) call.finished(next);
  call.started();
  return call;
};
const relays = (call: Paper): Paper => {
  call.say({ type: 'operator.say', text: 'Your taxi is here.' });
  call.started();
  return call;
};
/** A false interruption is over, and the agent goes on. */
const resumes = (call: Paper): Paper => {
  call.willHaveHeard({ sentences: 0 });
  call.interim('hang on');
  call.ends('');
  expect(call.state).toBe('resuming.preparing');
  call.started();
  return call;
};
const stalls = (call: Paper): void => {
  call.say({ type: 'playout.starved', epoch: call.epoch() });
  call.clock.advance(1500);
};

const LEADS = [
  ['listen', 'listening.quiet'],
  ['hangUp', 'closing'],
  ['transfer', 'transferring.announcing.preparing'],
  ['apologise', 'apologising.reciting.preparing'],
] as const;

describe('an answer leads where it leads', () => {
  it.each(LEADS)('also when its last mark is lost (%s)', (next, state) => {
    const call = speaking(next);
    call.clock.advance(5000 + 143 * 'Of course.'.length);
    expect(call.state).toBe(state);
  });

  const CUT = [...LEADS, [undefined, WRITING]] as const;
  it.each(CUT)('also when it goes on after an interruption, and its sound stalls (%s)', (next, state) => {
    const call = resumes(speaking(next));
    stalls(call);
    expect(call.state).toBe(state);
  });

  it.each(CUT)('also when it is told once more, and takes too long (%s)', (next, state) => {
    const call = speaking(next);
    call.press('*');
    call.started();
    expect(call.state).toBe('retelling.sounding');
    call.clock.advance(7000 + 143 * 'Of course.'.length);
    expect(call.state).toBe(state);
  });

  it.each(CUT)('also behind the line of an operator whose sound stalls (%s)', (next, state) => {
    const call = speaking(next);
    call.willHaveHeard({ sentences: 1 });
    stalls(relays(call));
    expect(call.state).toBe(state);
  });
});

describe('a question is answered behind the line of an operator', () => {
  const thinks = (): Paper => {
    const call = callOnPaper().listening();
    call.caller('a table for two');
    return call;
  };
  const cutShort = (): Paper => {
    const call = callOnPaper().listening();
    call.starts();
    call.interim('a table for two');
    call.say({ type: 'recognition.lost', failure });
    expect(call.state).toBe('listening.cutShort');
    return call;
  };
  /** Words that cut the agent, before playout has reported. */
  const settles = (): Paper => {
    const call = speaking('listen');
    call.ends('a table for two');
    expect(call.state).toBe('interrupted.settling');
    return call;
  };
  const OWED = [
    ['while the agent thinks', thinks],
    ['that was cut short', cutShort],
    ['that cut the agent', settles],
  ] as const;
  const QUESTION = expect.stringMatching(/a table for two$/);

  it.each(OWED)('which is falsely interrupted: %s', (_, begin) => {
    const call = relays(begin());
    call.willHaveHeard({
      sentences: 0,
      partial: { sentence: 0, playedMs: 600, lengthMs: 1000, complete: true },
    });
    call.interim('hang on');
    call.ends('');
    call.started();
    call.played();
    expect(call.state).toBe(WRITING);
    expect(call.context.history.slice(-2)).toEqual([
      { role: 'user', text: QUESTION },
      { role: 'assistant', text: 'Your taxi is here.' },
    ]);
  });

  it.each(OWED)('which the caller wants to hear again: %s', (_, begin) => {
    const call = relays(begin());
    call.told();
    call.press('*');
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: ['Your taxi is here.'] });
    call.started();
    call.played();
    expect(call.state).toBe(WRITING);
  });

  it.each(OWED)('behind which there comes another one: %s', (_, begin) => {
    const call = relays(begin());
    call.willHaveHeard({ sentences: 1 });
    relays(call).played();
    expect(call.state).toBe(WRITING);
  });
});

describe('the key *, pressed by a caller who has interrupted an answer', () => {
  it.each([...LEADS, [undefined, WRITING]] as const)('does not change where it leads (%s)', (next, state) => {
    const call = speaking(next);
    call.willHaveHeard({ sentences: 1 });
    call.interim('hang on');
    expect(call.state).toBe('interrupted.hearing');
    call.told();
    call.press('*');
    expect(call.told().at(-1)).toEqual({ type: 'voice.start', sentences: ['Of course.'] });
    call.started();
    call.played();
    expect(call.state).toBe(state);
  });
});

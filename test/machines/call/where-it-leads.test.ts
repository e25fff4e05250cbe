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

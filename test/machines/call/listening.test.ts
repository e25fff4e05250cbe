import { describe, expect, it } from '@jest/globals';
import { callOnPaper, GREETED } from '../../support/call-on-paper.ts';

type Paper = ReturnType<typeof callOnPaper>;
const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const WRITING = 'responding.thinking.committed.drafting.writing';
const user = (text: string) => ({ role: 'user', text }) as const;
const lost = (call: Paper) => call.say({ type: 'recognition.lost', failure });

/** The caller speaks on before there was an answer. */
const speakingOn = (): Paper => {
  const call = callOnPaper().listening();
  call.caller('when is breakfast');
  call.starts();
  expect(call.state).toBe('listening.speakingOn');
  call.told();
  return call;
};

describe('an utterance', () => {
  it.each<[string, (call: Paper) => void]>([
    ['speech', (call) => call.starts()],
    ['a word', (call) => call.interim('when')],
  ])('begins with %s, and may last 30 s', (_, begins) => {
    const call = callOnPaper().listening();
    begins(call);
    expect(call.state).toBe('listening.hearing');
    call.clock.advance(29_999);
    expect(call.state).toBe('listening.hearing');
    call.clock.advance(1);
    expect(call.state).toBe('listening.quiet');
  });

  it('that was a noise is forgotten', () => {
    const call = callOnPaper().listening();
    call.starts();
    call.ends('');
    expect([call.state, call.context.history]).toEqual(['listening.quiet', [GREETED]]);
  });

  it.each<[string, (call: Paper) => void]>([
    ['begun', (call) => call.starts()],
    ['made a guess at', (call) => call.interim('mm')],
  ])('whose end is lost is forgotten when it was only %s', (_, begins) => {
    const call = callOnPaper().listening();
    begins(call);
    lost(call);
    expect([call.state, call.context.history]).toEqual(['listening.quiet', [GREETED]]);
  });

  it('whose end is lost is a turn when some of it was understood, after 2 s for more', () => {
    const call = callOnPaper().listening();
    call.starts();
    call.interim('a table');
    lost(call);
    expect([call.state, call.context.history]).toEqual(['listening.cutShort', [GREETED, user('a table')]]);
    call.clock.advance(1999);
    expect(call.state).toBe('listening.cutShort');
    call.clock.advance(1);
    expect(call.state).toBe(WRITING);
  });

  it.each<[string, (call: Paper) => void]>([
    ['speech', (call) => call.starts()],
    ['a word', (call) => call.interim('for')],
  ])('whose end is lost goes on with %s', (_, begins) => {
    const call = callOnPaper().listening();
    call.interim('a table');
    lost(call);
    begins(call);
    expect(call.state).toBe('listening.speakingOn');
    call.ends('for two');
    expect([call.state, call.context.history]).toEqual([WRITING, [GREETED, user('a table for two')]]);
  });

  it.each([
    ['for two', 'a table for two'],
    ['', 'a table'],
  ])('whose end is lost may end with "%s" all the same', (text, turn) => {
    const call = callOnPaper().listening();
    call.interim('a table');
    lost(call);
    call.ends(text);
    expect([call.state, call.context.history]).toEqual([WRITING, [GREETED, user(turn)]]);
  });

  it('is only what was recognised of itself, not of the one before', () => {
    for (const ends of [(call: Paper) => call.ends(''), (call: Paper) => call.starts()]) {
      const call = callOnPaper().listening();
      call.interim('a table');
      ends(call);
      call.starts();
      lost(call);
      expect([call.state, call.context.history]).toEqual(['listening.quiet', [GREETED]]);
    }
  });
});

describe('whoever speaks on is owed an answer', () => {
  it.each([
    ['on sundays', 'when is breakfast on sundays'],
    ['', 'when is breakfast'],
  ])('when it ends in "%s"', (text, turn) => {
    const call = speakingOn();
    call.ends(text);
    expect([call.state, call.context.history]).toEqual([WRITING, [GREETED, user(turn)]]);
    expect(call.told()).toEqual([
      { type: 'reply.start', history: [GREETED, user(turn)] },
      { type: 'voice.start', sentences: [] },
    ]);
  });

  it('when it never ends, after 30 s', () => {
    const call = speakingOn();
    call.clock.advance(29_999);
    expect(call.state).toBe('listening.speakingOn');
    call.clock.advance(1);
    expect(call.state).toBe(WRITING);
  });

  it('when nothing of it was understood before its end was lost', () => {
    const call = speakingOn();
    call.interim('mm');
    lost(call);
    expect([call.state, call.context.history]).toEqual([WRITING, [GREETED, user('when is breakfast')]]);
  });

  it('behind what was understood of it before its end was lost', () => {
    const call = speakingOn();
    call.interim('on sundays');
    lost(call);
    expect(call.state).toBe('listening.cutShort');
    expect(call.context.history).toEqual([GREETED, user('when is breakfast on sundays')]);
  });
});

describe('silence', () => {
  it('is asked about after 8 s of it, counted from the last sound', () => {
    const call = callOnPaper().listening();
    call.clock.advance(5000);
    call.starts();
    call.ends('');
    call.clock.advance(7999);
    expect([call.state, call.context.reprompts]).toEqual(['listening.quiet', 0]);
    call.clock.advance(1);
    expect([call.state, call.context.reprompts]).toEqual(['reprompting.preparing', 1]);
  });

  it('is the end of the call when it was asked about twice', () => {
    const call = callOnPaper().listening();
    for (let times = 0; times < 2; times++) {
      call.clock.advance(8000);
      call.played();
    }
    call.clock.advance(7999);
    expect(call.state).toBe('listening.quiet');
    call.clock.advance(1);
    expect(call.state).toBe('closing');
    call.played();
    expect(call.output).toEqual({ reason: 'silence', next: { verb: 'hangUp' } });
  });
});

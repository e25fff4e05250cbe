import { describe, expect, it } from '@jest/globals';
import { callOnPaper, GREETED } from '../../support/call-on-paper.ts';

type Paper = ReturnType<typeof callOnPaper>;
type Next = 'listen' | 'hangUp' | 'transfer' | 'apologise' | undefined;
const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const WRITING = 'responding.thinking.committed.drafting.writing';
const QUESTION = { role: 'user', text: 'when is breakfast' } as const;
const cuts = (call: Paper) => call.told().filter(({ type }) => type === 'playout.cut').length;

/** Two sentences sound; `next` is where the model wants the answer to lead, if it has said so. */
const speaking = (next: Next): Paper => {
  const call = callOnPaper().listening();
  call.caller('when is breakfast');
  call.sentence('From seven.');
  call.sentence('Until ten.');
  call.started();
  if (next === 'apologise') call.say({ type: 'reply.failed', epoch: call.epoch(), failure });
  else if (next !== undefined) call.finished(next);
  return call;
};
/** Cut for nothing behind its first sentence, it goes on with the second. */
const goesOn = (next: Next): Paper => {
  const call = speaking(next);
  call.willHaveHeard({ sentences: 1 });
  call.interim('hang on');
  call.ends('mm');
  call.started();
  expect(call.state).toBe('resuming.sounding');
  return call;
};
/** The caller pressed `*`. */
const tellsAgain = (next: Next): Paper => {
  const call = speaking(next);
  call.press('*');
  call.started();
  expect(call.state).toBe('retelling.sounding');
  return call;
};

describe.each([
  ['is heard at once', speaking],
  ['is cut for nothing and goes on', goesOn],
  ['is told once more', tellsAgain],
])('an answer that %s', (_, begin) => {
  it.each([
    ['listen', 'listening.quiet'],
    ['hangUp', 'closing'],
    ['transfer', 'transferring.announcing.preparing'],
    ['apologise', 'apologising.reciting.preparing'],
  ] as const)('leads on to %s when all of it was heard', (next, state) => {
    const call = begin(next);
    call.told();
    call.played();
    expect([call.state, cuts(call)]).toEqual([state, 0]);
    expect(call.context.history).toEqual([GREETED, QUESTION, { role: 'assistant', text: 'From seven. Until ten.' }]);
  });
});

describe.each([
  ['is cut for nothing and goes on', goesOn],
  ['is told once more', tellsAgain],
])('an answer that %s', (_, begin) => {
  it('is completed by the model when it had not said all of it', () => {
    const call = begin(undefined);
    call.told();
    call.played();
    expect(call.state).toBe(WRITING);
    expect(call.told()).toEqual([
      {
        type: 'reply.start',
        history: [GREETED, QUESTION, { role: 'assistant', text: 'From seven. Until ten.' }],
      },
      { type: 'voice.start', sentences: [] },
    ]);
  });
});

const LEADS = [
  ['listen', 'listening.quiet'],
  ['hangUp', 'closing'],
  ['transfer', 'transferring.announcing.preparing'],
  ['apologise', 'apologising.reciting.preparing'],
] as const;

describe.each([
  ['is cut for nothing and goes on', goesOn, 'resuming', 'Until ten.'],
  ['is told once more', tellsAgain, 'retelling', 'From seven. Until ten.'],
])('an answer that %s', (_, begin, state, words) => {
  it.each([...LEADS, [undefined, WRITING]] as const)('leads on to %s also when its voice stalls', (next, then) => {
    const call = begin(next);
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    call.told();
    call.clock.advance(1499);
    expect([call.state, cuts(call)]).toEqual([`${state}.stalled`, 0]);
    call.clock.advance(1);
    expect([call.state, cuts(call)]).toEqual([then, 1]);
  });

  it.each([...LEADS, [undefined, WRITING]] as const)('leads on to %s also when it takes too long', (next, then) => {
    const call = begin(next);
    call.told();
    call.clock.advance(7000 + 143 * words.length - 1);
    expect([call.state, cuts(call)]).toEqual([`${state}.sounding`, 0]);
    call.clock.advance(1);
    expect([call.state, cuts(call)]).toEqual([then, 1]);
  });
});

describe('an answer whose mark is lost', () => {
  it.each(LEADS)('leads on to %s all the same', (next, then) => {
    const call = speaking(next);
    call.told();
    call.clock.advance(5000 + 143 * 'From seven.'.length - 1);
    expect([call.state, cuts(call)]).toEqual(['responding.speaking.sounding', 0]);
    call.clock.advance(1);
    expect([call.state, cuts(call)]).toEqual([then, 1]);
  });

  it('has as long again for each sentence', () => {
    const call = speaking('listen');
    call.clock.advance(6000);
    call.heard(0);
    call.clock.advance(5000 + 143 * 'Until ten.'.length - 1);
    expect(call.state).toBe('responding.speaking.sounding');
    call.clock.advance(1);
    expect(call.state).toBe('listening.quiet');
  });
});

describe('an answer that stalls', () => {
  it('is still heard: marks that come late count', () => {
    const call = speaking(undefined);
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    call.heard(0);
    expect([call.state, call.context.heardSentences]).toEqual(['responding.speaking.stalled', 1]);
    call.heard(1);
    expect([call.state, call.context.heardSentences]).toEqual([WRITING, 2]);
  });

  it('has 1.5 s each time, and then the agent apologises', () => {
    const call = speaking(undefined);
    const stalls = () => call.say({ type: 'playout.starved', epoch: call.epoch() });
    stalls();
    call.clock.advance(1499);
    call.say({ type: 'playout.resumed', epoch: call.epoch() });
    expect(call.state).toBe('responding.speaking.sounding');
    stalls();
    call.told();
    call.clock.advance(1499);
    expect([call.state, cuts(call)]).toEqual(['responding.speaking.stalled', 0]);
    call.clock.advance(1);
    expect([call.state, cuts(call)]).toEqual(['apologising.reciting.preparing', 1]);
  });
});

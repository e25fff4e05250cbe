import { describe, expect, it } from '@jest/globals';
import { callOnPaper, GREETED } from '../../support/call-on-paper.ts';
import { breaks } from '../../support/child-breaks.ts';

type Paper = ReturnType<typeof callOnPaper>;
const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const user = (text: string) => ({ role: 'user', text }) as const;
const eager = (call: Paper, text: string) => call.say({ type: 'caller.eagerEndOfTurn', text });
const cuts = (call: Paper) => call.told().filter(({ type }) => type === 'playout.cut').length;

/** What the agent guesses, and what is known of the caller's words without the guess. */
const SITUATIONS = [
  {
    situation: 'a turn has ended',
    begin: () => {
      const call = callOnPaper().listening();
      call.starts();
      eager(call, 'for two');
      return call;
    },
    before: [GREETED],
    turn: (words: string) => user(words),
    /** Where the call goes on when the guess was wrong. */
    back: 'listening.hearing',
  },
  {
    situation: 'a caller who spoke on has ended',
    begin: () => {
      const call = callOnPaper().listening();
      call.caller('i would like a table');
      call.starts();
      call.told();
      eager(call, 'for two');
      return call;
    },
    before: [GREETED, user('i would like a table')],
    turn: (words: string) => user(`i would like a table ${words}`),
    back: 'listening.speakingOn',
  },
];

describe.each(SITUATIONS)('the guess that $situation', ({ begin, before, turn, back }) => {
  const withWords = () => {
    const call = begin();
    call.sentence('Of course.');
    return call;
  };

  it('is answered in silence, and is not in the history', () => {
    const call = begin();
    expect(call.state).toBe('responding.thinking.speculating');
    expect(call.told()).toEqual([
      { type: 'reply.start', history: [GREETED, turn('for two')] },
      { type: 'voice.start', sentences: [] },
      { type: 'playout.hold', epoch: call.epoch() },
    ]);
    call.sentence('Of course.');
    expect(call.state).toBe('responding.thinking.speculating');
    expect(call.told()).toEqual([{ type: 'voice.say', index: 0, text: 'Of course.' }]);
    expect(call.context.history).toEqual(before);
  });

  it.each([
    ['before there are words', begin, 'responding.thinking.committed.drafting.writing'],
    ['with words in hand', withWords, 'responding.thinking.committed.synthesising'],
  ])('is confirmed %s, and the same answer is let out', (_, start, state) => {
    const call = start();
    const epoch = call.epoch();
    call.told();
    call.ends('For two.');
    expect([call.state, call.epoch()]).toEqual([state, epoch]);
    expect(call.told()).toEqual([{ type: 'reply.confirm' }, { type: 'playout.release', epoch }]);
    expect(call.context.history).toEqual([GREETED, turn('For two.')]);
    call.started();
    expect(call.state).toBe('responding.speaking.sounding');
  });

  it.each([
    ['before there are words', begin, 'responding.thinking.committed.drafting.writing'],
    ['with words in hand', withWords, 'responding.thinking.committed.synthesising'],
  ])('is all there is when the recogniser is lost %s', (_, start, state) => {
    const call = start();
    const epoch = call.epoch();
    call.told();
    call.say({ type: 'recognition.lost', failure });
    expect([call.state, call.epoch()]).toEqual([state, epoch]);
    expect(call.told()).toEqual([{ type: 'reply.confirm' }, { type: 'playout.release', epoch }]);
    expect(call.context.history).toEqual([GREETED, turn('for two')]);
  });

  it.each<[string, (call: Paper) => void]>([
    ['it is confirmed', (call) => call.ends('for two')],
    ['the recogniser is lost', (call) => call.say({ type: 'recognition.lost', failure })],
  ])('leaves the model time to write on when %s', (_, happens) => {
    const call = withWords();
    happens(call);
    call.started();
    call.heard(0);
    call.say({ type: 'playout.starved', epoch: call.epoch() });
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
  });

  it.each([
    ['before there are words', begin],
    ['with words in hand', withWords],
  ])('was wrong about the words %s: others are answered anew', (_, start) => {
    const call = start();
    const epoch = call.epoch();
    call.told();
    call.ends('for three');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(call.told()).toEqual([
      { type: 'playout.cut', epoch: epoch + 1 },
      { type: 'reply.start', history: [GREETED, turn('for three')] },
      { type: 'voice.start', sentences: [] },
    ]);
    expect(call.context.history).toEqual([GREETED, turn('for three')]);
  });

  it.each<[string, (call: Paper) => void]>([
    ['speech', (call) => call.starts()],
    ['a turn that goes on', (call) => call.say({ type: 'caller.turnResumed' })],
    ['more words', (call) => call.interim('for two on sunday')],
    ['a model that fails', (call) => call.say({ type: 'reply.failed', epoch: call.epoch(), failure })],
    ['a voice that fails', (call) => call.say({ type: 'voice.failed', epoch: call.epoch(), failure })],
    ['5 s without a word', (call) => call.clock.advance(5000)],
  ])('is dropped for %s, and nobody ever knew of it', (_, happens) => {
    const call = withWords();
    call.told();
    happens(call);
    expect([call.state, cuts(call)]).toEqual([back, 1]);
    expect(call.alive()).toEqual(['playout', 'recogniser']);
    expect(call.context).toMatchObject({ history: before, guess: undefined, saying: [], unheard: { sentences: [] } });
    call.ends('for two on sunday');
    expect(call.context.history).toEqual([GREETED, turn('for two on sunday')]);
  });

  it('gives way to another guess, which is answered in its place', () => {
    const call = withWords();
    const epoch = call.epoch();
    call.told();
    eager(call, 'for two on sunday');
    expect(call.state).toBe('responding.thinking.speculating');
    expect(call.told()).toEqual([
      { type: 'playout.cut', epoch: epoch + 1 },
      { type: 'reply.start', history: [GREETED, turn('for two on sunday')] },
      { type: 'voice.start', sentences: [] },
      { type: 'playout.hold', epoch: epoch + 2 },
    ]);
    expect(call.context).toMatchObject({ history: before, saying: [], guess: 'for two on sunday' });
  });

  it.each<[string, (call: Paper) => void]>([
    ['the same words', (call) => call.interim('For two')],
    ['the same guess', (call) => eager(call, 'For two.')],
    ['a noise', (call) => call.interim('')],
    ['a guess of nothing', (call) => eager(call, '')],
    ['4,999 ms without a word', (call) => call.clock.advance(4999)],
  ])('stands in spite of %s', (_, happens) => {
    const call = begin();
    call.told();
    happens(call);
    expect([call.state, call.told()]).toEqual(['responding.thinking.speculating', []]);
  });

  it.each(['reply', 'voice'] as const)('ends in an apology when the %s breaks', (child) => {
    const call = begin();
    call.told();
    breaks(call, child);
    expect([call.state, cuts(call)]).toEqual(['apologising.reciting.preparing', 1]);
    expect(call.context.history).toEqual(before);
  });
});

describe('a guess of what was no turn at all', () => {
  it('is forgotten', () => {
    const [first] = SITUATIONS;
    const call = first?.begin() as Paper;
    call.told();
    call.ends('');
    expect([call.state, cuts(call)]).toEqual(['listening.quiet', 1]);
    expect(call.context).toMatchObject({ history: [GREETED], guess: undefined });
  });

  it('leaves an earlier turn, which is still to be answered', () => {
    const [, second] = SITUATIONS;
    const call = second?.begin() as Paper;
    const epoch = call.epoch();
    call.told();
    call.ends('');
    expect(call.state).toBe('responding.thinking.committed.drafting.writing');
    expect(call.told()).toEqual([
      { type: 'playout.cut', epoch: epoch + 1 },
      { type: 'reply.start', history: [GREETED, user('i would like a table')] },
      { type: 'voice.start', sentences: [] },
    ]);
  });

  it('is not made of a noise', () => {
    const call = callOnPaper().listening();
    call.starts();
    eager(call, '');
    expect(call.state).toBe('listening.hearing');
  });
});

describe('a guess right behind an interruption', () => {
  const interrupted = () => {
    const call = callOnPaper().speaking('tell me', 'It was built by a king.');
    call.interim('stop please');
    call.told();
    return call;
  };
  const reported = () => {
    const call = interrupted();
    call.say({ type: 'playout.cut', epoch: call.epoch() - 1, heard: { sentences: 0 } });
    return call;
  };

  it('is answered once it is known what was heard', () => {
    const call = reported();
    eager(call, 'stop please');
    expect(call.state).toBe('responding.thinking.speculating');
    expect(call.told()[0]).toEqual({ type: 'reply.start', history: [GREETED, user('tell me stop please')] });
    call.ends('stop please');
    expect(call.context.history.at(-1)).toEqual(user('tell me stop please'));
  });

  it.each([
    ['as long as it is not known what was heard', interrupted, 'stop please'],
    ['when it is mere back-channel', reported, 'mm'],
  ])('is not answered %s, but the caller is still talking', (_, begin, text) => {
    const call = begin();
    call.clock.advance(1500);
    eager(call, text);
    call.clock.advance(1999);
    expect([call.state, call.told()]).toEqual(['interrupted.hearing', []]);
    call.clock.advance(1);
    expect(call.state).toBe('resuming.preparing');
  });
});
